import type { Trace, TraceState } from '../explorer/trace/trace.ts';
import { ascii } from './ascii.ts';
import type { Counterexample } from './counterexample.ts';
import { lockdepLanes } from './lockdep-columns.ts';
import { wrap } from './wrap.ts';

const width = 70;
/** Lines of the drawing that are shown, the last one at the step. */
const mostRows = 16;

/**
 * One moment of a run as a page of a terminal: the lanes down to the step, where every thread stands, and what is where. Step 0
 * is the initial state. Printable ASCII, 70 columns.
 */
export function stepFrame(told: Counterexample, n: number): string {
  const { trace } = told;
  const state = stateAfter(trace, n);
  const title = `${ascii(told.property)} in "${ascii(told.scenario)}", protocol ${ascii(told.protocol)}`;
  return `${[
    ...wrap(title, width, 2),
    `step ${n} of ${trace.steps.length}`,
    '',
    ...lanes(told, n),
    '',
    ...standing(told, state, n),
    '',
    ...locations(trace, n),
    ...closing(told, n),
  ]
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}

const stateAfter = ({ initial, steps }: Trace, n: number): TraceState => steps[n - 1]?.state ?? initial;

function lanes(told: Counterexample, n: number): readonly string[] {
  const { head, rows } = lockdepLanes({ ...told, whole: true }, n);
  const shown = n === 0 ? [] : rows.slice(-mostRows);
  return [...head, ...(shown.length < rows.length && n > 0 ? ['  ...'] : []), ...shown];
}

function standing(
  { trace, threads }: Counterexample,
  { threads: now }: TraceState,
  n: number,
): readonly string[] {
  const moved = trace.steps[n - 1]?.thread;
  const runs = new Map(threads.map(({ id, run }) => [id, run]));
  return Object.entries(now).flatMap(([id, { at, locals }]) => {
    const changed = new Set(id === moved ? trace.steps[n - 1]!.locals.map((l) => l.name) : []);
    const own = Object.entries(locals).filter(([name]) => changed.has(name));
    const told = own.map(([name, value]) => `, ${name} = ${value}`).join('');
    const line = `${id} (${runs.get(id) ?? '?'}) is at ${at}${told}`;
    return wrap(ascii(line), width - 2, 4).map((l, i) => (id === moved && i === 0 ? '* ' : '  ') + l);
  });
}

/** What changes somewhere in the run, as it is now; marked what this step stored to. */
function locations(trace: Trace, n: number): readonly string[] {
  const { shared } = stateAfter(trace, n);
  const stored = new Set(trace.steps[n - 1]?.writes);
  const changing = Object.keys(shared).filter((key) =>
    trace.steps.some(
      ({ state, changes }) =>
        state.shared[key] !== trace.initial.shared[key] || changes.some((change) => change.location === key),
    ),
  );
  const cells = changing.map(
    (key) => (stored.has(key) ? '* ' : '  ') + ascii(`${key} = ${shared[key]}`, width - 2),
  );
  const column = Math.max(0, ...cells.map((cell) => cell.length)) + 2;
  const across = Math.max(1, Math.floor(width / column));
  const lines: string[] = [];
  for (let i = 0; i < cells.length; i += across) {
    lines.push(
      cells
        .slice(i, i + across)
        .map((cell) => cell.padEnd(column))
        .join(''),
    );
  }
  return lines;
}

function closing({ property, trace: { violation } }: Counterexample, n: number): readonly string[] {
  if (violation === null || violation.step !== n) return [];
  const { needed, found } = violation;
  const text = `needed: ${ascii(needed, 400)}; found: ${ascii(found, 400)}`;
  const mark = wrap(`*** ${ascii(property)} violated ***`, width - 1).map((line) => ` ${line}`);
  return ['', ...mark, ...wrap(text, width, 2)];
}
