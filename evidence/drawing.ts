import { ascii } from './ascii.ts';
import type { Counterexample } from './counterexample.ts';
import { handOversText } from './hand-overs.ts';
import { lanesOf, mainFile, type Row, rowsOf } from './rows.ts';
import { command } from './shell.ts';
import { count } from './verdicts.ts';
import { wrap } from './wrap.ts';

/** Where the lanes of a layout stand. */
export interface Geometry {
  /** Columns of a line, at most. */
  readonly width: number;
  /** The column where the heading of a lane starts, and where its body starts. */
  readonly heading: (lane: number, lanes: number) => number;
  readonly body: (lane: number, lanes: number) => number;
  /** Whether the mark `>` stands before the body's column (2 columns of room) or takes its first two. */
  readonly markOutside: boolean;
  /** Blanks from the start of a line to a column. */
  readonly indent: (column: number) => string;
  /** Blanks between two columns, where something stands before. */
  readonly gap: (from: number, to: number) => string;
}

const mostLanes = 4;

/** Draws a counterexample: what it is, a lane for each thread that takes part, what was needed and found, the command. */
export function draw(told: Counterexample, geometry: Geometry): string {
  const { width } = geometry;
  const lines = [...opening(told, width), ''];
  const { head, rows } = drawLanes(told, geometry);
  lines.push(...head, ...rows, '', ...closing(told, width));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function opening(told: Counterexample, width: number): readonly string[] {
  const { property, protocol, scenario, trace, whole, threads } = told;
  const runs = new Map(threads.map((thread) => [thread.id, thread.run]));
  const named = (id: string): string => `${ascii(id)} (${ascii(runs.get(id) ?? '?')})`;
  const lanes = lanesOf(trace, whole);
  const left = [...new Set(trace.steps.map((step) => step.thread))].filter((id) => !lanes.includes(id));
  const { steps, switches } = trace;
  const none = told.fromFile ? 'none is shorter, says the file' : 'none is shorter';
  const long = trace.shortest ? none : 'a shorter one is not excluded';
  const main = mainFile(trace);
  const where = `line of ${ascii(main)}${steps.every((step) => step.file === main) ? '' : ' if no other is named'}`;
  const sentences = [
    `${ascii(property)} in "${ascii(scenario)}", protocol ${ascii(protocol)}`,
    `${count(steps.length, 'step')}, ${count(switches, 'hand-over')}; ${long}.`,
    trace.handOvers ? handOversText(trace.handOvers) : '',
    lanes.length === 0 ? '' : `${lanes.map((id, i) => `CPU${i} is ${named(id)}`).join(', ')}.`,
    left.length === 0 ? '' : `Left out, having no part in it: ${left.map(named).join(', ')}.`,
    lanes.length === 0 ? '' : `Each line: number of the step, ${where}, what happens.`,
  ];
  return sentences.filter((s) => s !== '').flatMap((sentence) => wrap(sentence, width, 2));
}

function closing({ property, trace, command: words }: Counterexample, width: number): readonly string[] {
  const { violation } = trace;
  const lines: string[] = [];
  if (violation !== null) {
    const when = violation.step === 0 ? 'in the initial state' : `at step ${violation.step}`;
    lines.push(...wrap(`*** ${ascii(property)} violated ${when} ***`, width - 1).map((line) => ` ${line}`));
    // As lockdep ends its picture.
    if (violation.deadlock) lines.push(' *** DEADLOCK ***');
    const { needed, found } = violation;
    lines.push('', ...wrap(`needed: ${ascii(needed, 400)}; found: ${ascii(found, 400)}`, width, 2));
  }
  return [...lines, ...command(words, width)];
}

/**
 * The drawing proper: headings, rules, and each row at the column of its lane, down to the step with the number `until`. Only
 * as many lanes as a line holds.
 */
export function drawLanes(
  { trace, whole }: Counterexample,
  geometry: Geometry,
  until = Number.POSITIVE_INFINITY,
): { readonly head: readonly string[]; readonly rows: readonly string[] } {
  const lanes = lanesOf(trace, whole).length;
  const all = rowsOf(trace, whole);
  const end = all.findIndex((row) => row.kind === 'step' && Number(row.n) === until) + 1;
  const shown = all.slice(0, end === 0 ? undefined : end);
  // More than four lanes do not fit a mail: then every line says which thread it is.
  if (lanes > mostLanes) return { head: [], rows: listing(shown, geometry.width) };
  const headings = Array.from({ length: lanes }, (_, lane) => geometry.heading(lane, lanes));
  const across = (text: (lane: number) => string): string => {
    let line = '';
    let at = 0;
    headings.forEach((column, lane) => {
      line += lane === 0 ? geometry.indent(column) : geometry.gap(at, column);
      line += text(lane);
      at = column + text(lane).length;
    });
    return line;
  };
  const head = lanes === 0 ? [] : [across((lane) => `CPU${lane}`), across(() => '----')];
  return { head, rows: shown.flatMap((row) => drawRow(row, geometry, lanes)) };
}

function drawRow(row: Row, geometry: Geometry, lanes: number): readonly string[] {
  if (row.kind === 'gap') return [''];
  const column = geometry.body(row.lane, lanes);
  const next = row.lane + 1 < lanes ? geometry.body(row.lane + 1, lanes) - 1 : geometry.width;
  // In narrow lanes a row may reach into the next lane: nothing else stands in it.
  const room = Math.max(next - column, Math.min(geometry.width - column, 28));
  if (row.kind === 'elided') return [`${geometry.indent(column)}...`];
  const nest = ' '.repeat(row.depth);
  if (row.kind === 'function') {
    return wrap(row.text, room - nest.length, 4).map((line) => geometry.indent(column) + nest + line);
  }
  const inside = row.violates && !geometry.markOutside ? '> ' : '';
  const number = `${nest}${row.n} `;
  const after = ' '.repeat(number.length);
  const width = room - inside.length - number.length;
  const lines = [...wrap(row.text, width, 2), ...row.changes.flatMap((change) => wrap(change, width, 2))];
  return lines.map((line, i) => {
    const outside = row.violates && geometry.markOutside && i === 0;
    const start = outside ? `${geometry.indent(column - 2)}> ` : geometry.indent(column);
    return start + (i === 0 ? inside + number : ' '.repeat(inside.length) + after) + line;
  });
}

function listing(rows: readonly Row[], width: number): readonly string[] {
  return rows.flatMap((row) => {
    if (row.kind === 'gap') return [''];
    const who = `CPU${row.lane}`;
    if (row.kind === 'elided') return [`  ${who} ...`];
    const changes = row.kind === 'step' ? row.changes.map((change) => ` ${change}`).join('') : '';
    const mark = row.kind === 'step' && row.violates ? '> ' : '  ';
    return wrap(
      `${who} ${row.kind === 'step' ? `${row.n.trimStart()} ` : ''}${row.text}${changes}`,
      width - 2,
      6,
    ).map((l, i) => (i === 0 ? mark : '  ') + l);
  });
}
