import type { Course, Reason, Sample, Verdict } from '../explorer/outcome.ts';
import { ascii } from './ascii.ts';
import { courseRows } from './course.ts';
import { wrap } from './wrap.ts';

/** What the table needs to know of one property's verdict. */
export interface ShownVerdict {
  readonly property: string;
  readonly verdict: Verdict;
  readonly reason: Reason;
  readonly exercised: boolean;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly exhaustive: boolean;
  readonly switches: number | null;
  readonly collisions: number | null;
  readonly sample: Sample | null;
  readonly trace: { readonly steps: readonly unknown[]; readonly shortest: boolean } | null;
}

/** How a verdict word is painted. */
export type Paint = (verdict: Verdict, text: string) => string;

const width = 100;
const column = 10;

/**
 * The verdicts of one scenario: what was searched, then each violated property, then those of which nothing is known and
 * those that hold. `brief` counts the ones that hold instead of naming them, for a long suite. `course`: how a search
 * that was cut had come along.
 */
export function verdictTable(
  scenario: string,
  verdicts: readonly ShownVerdict[],
  seconds: number,
  paint: Paint = (_, text) => text,
  brief = false,
  course: Course | null = null,
): string {
  const lines = [
    ascii(scenario),
    `  ${verdicts[0] ? extent(verdicts[0]) : 'nothing was judged'}, in ${seconds.toFixed(1)} s`,
  ];
  for (const { property, trace } of verdicts.filter((v) => v.verdict === 'violated')) {
    const steps = trace === null ? '' : `  after ${count(trace.steps.length, 'step')}`;
    lines.push(`  ${paint('violated', 'violated'.padEnd(column))}${ascii(property)}${steps}`);
  }
  const unknown = verdicts.filter((v) => v.verdict === 'unknown');
  const holds = verdicts.filter((v) => v.verdict === 'holds' && v.exercised);
  const idle = verdicts.filter((v) => v.verdict === 'holds' && !v.exercised);
  const list = (some: readonly ShownVerdict[]): readonly string[] =>
    wrap(some.map((v) => ascii(v.property)).join(', '), width - column - 2);
  const rows = (verdict: Verdict, text: readonly string[]): readonly string[] =>
    text.map(
      (line, i) => `  ${i === 0 ? paint(verdict, verdict.padEnd(column)) : ' '.repeat(column)}${line}`,
    );
  if (unknown.length > 0) {
    lines.push(...rows('unknown', list(unknown)));
    if (course) lines.push(...courseRows(course).map((line) => `  ${' '.repeat(column)}${line}`));
  }
  if (holds.length > 0) {
    lines.push(...rows('holds', brief ? [count(holds.length, 'property', 'properties')] : list(holds)));
  }
  if (idle.length > 0) {
    lines.push(
      `  ${paint('holds', 'holds (not exercised)')}`,
      ...list(idle).map((l) => `  ${' '.repeat(column)}${l}`),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** How far the search went. `holds` is never said without it. */
function extent(verdict: ShownVerdict): string {
  const { states, transitions, depth, sample } = verdict;
  const size = sample
    ? walks(verdict, sample)
    : `${count(states, 'state')}, ${count(transitions, 'transition')}, depth ${depth}`;
  return `${size}, ${boundOf(verdict)}`;
}

/** Whether the search saw everything; else what kept it from that, and what is known all the same. */
export function boundOf({
  exhaustive,
  reason,
  switches,
  collisions,
}: Pick<ShownVerdict, 'exhaustive' | 'reason' | 'switches' | 'collisions'>): string {
  if (exhaustive) return 'exhaustive';
  const told = [reason === 'first' ? 'ended at the first violation' : (reason ?? 'no reason given')];
  if (switches !== null && switches >= 0) {
    told.push(`all runs of up to ${count(switches, 'switch', 'switches')} seen`);
  }
  if (collisions !== null)
    told.push(`two states taken for one with probability ${collisions.toExponential(1)}`);
  return `not exhaustive (${told.join('; ')})`;
}

function walks({ states, depth }: ShownVerdict, sample: NonNullable<ShownVerdict['sample']>): string {
  const { steps, ended, taken, branches, seed } = sample;
  const all = `${count(sample.walks, 'walk')} (${count(ended, 'came', 'came')} to an end, seed ${seed})`;
  const size = `${count(steps, 'step')}, about ${count(states, 'state')}, depth ${depth}`;
  return `${all}, ${size}, ${taken} of ${count(branches, 'branch', 'branches')} taken`;
}

/** A number with its noun, digits in groups of three. */
export function count(n: number, noun: string, several = `${noun}s`): string {
  return `${String(n).replace(/\B(?=(\d{3})+$)/g, ',')} ${n === 1 ? noun : several}`;
}
