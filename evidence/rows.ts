import type { Trace, TraceStep } from '../explorer/trace/trace.ts';
import { ascii } from './ascii.ts';
import { shownSteps } from './causal-past.ts';
import { happening } from './happening.ts';

/** One row of a drawing with a lane per thread. */
export type Row =
  /** A hand-over: another thread goes on. */
  | { readonly kind: 'gap' }
  | { readonly kind: 'elided'; readonly lane: number }
  | { readonly kind: 'function'; readonly lane: number; readonly depth: number; readonly text: string }
  | {
      readonly kind: 'step';
      readonly lane: number;
      readonly depth: number;
      /** The number of the step, all as wide as the widest. */
      readonly n: string;
      readonly text: string;
      readonly changes: readonly string[];
      readonly violates: boolean;
    };

/** The threads that have a part in what is shown, in the order of their first step. */
export const lanesOf = (trace: Trace, whole: boolean): readonly string[] => [
  ...new Set(shownSteps(trace, whole).map((step) => step.thread)),
];

/** The file in which most steps stand; steps elsewhere name theirs. */
export function mainFile(trace: Trace): string {
  const counts = new Map<string, number>();
  for (const { file } of trace.steps) counts.set(file, (counts.get(file) ?? 0) + 1);
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most), ['', 0] as const)[0];
}

const deepest = 3;

/** The rows of a trace from top to bottom. */
export function rowsOf(trace: Trace, whole: boolean): readonly Row[] {
  const lanes = lanesOf(trace, whole);
  const shown = new Set(shownSteps(trace, whole));
  const width = String(trace.steps.length).length;
  const main = mainFile(trace);
  const stacks = lanes.map((): string[] => []);
  const rows: Row[] = [];
  let current: number | null = null;
  let elided = new Set<number>();

  const hand = (lane: number): void => {
    if (current !== null && current !== lane) rows.push({ kind: 'gap' });
    current = lane;
  };
  const tellElided = (): void => {
    for (const lane of elided) {
      hand(lane);
      rows.push({ kind: 'elided', lane });
    }
    elided = new Set();
  };
  for (const step of trace.steps) {
    const lane = lanes.indexOf(step.thread);
    if (!shown.has(step)) {
      if (lane >= 0) elided.add(lane);
      continue;
    }
    tellElided();
    hand(lane);
    const stack = stacks[lane]!;
    const entered = enter(stack, step);
    const depth = Math.min(stack.length - 1, deepest);
    if (entered !== null) {
      const text = `${entered}${ascii(step.function)}()${step.file === main ? '' : ` in ${ascii(step.file)}`}`;
      rows.push({ kind: 'function', lane, depth, text });
    }
    rows.push({
      kind: 'step',
      lane,
      depth,
      n: String(step.n).padStart(width),
      text: `${step.line} ${ascii(happening(step))}`,
      changes: changesOf(step),
      violates: trace.violation?.step === step.n,
    });
  }
  tellElided();
  return rows;
}

/** Follows calls and returns by the functions of the steps; null if the thread is still in the same function. */
function enter(stack: string[], step: TraceStep): string | null {
  if (stack.at(-1) === step.function) return null;
  const caller = stack.lastIndexOf(step.function);
  if (caller >= 0) {
    stack.length = caller + 1;
    return '<== ';
  }
  stack.push(step.function);
  return stack.length === 1 ? '' : '==> ';
}

/** What the step changed, in brackets. A store of the value that was there already may be the one that matters: it is told. */
function changesOf(step: TraceStep): readonly string[] {
  const shared = step.changes.map(({ location, before, after }) => {
    if (before === after) return `[${location} = ${after}, same value]`;
    const [old, now] = differingParts(before, after);
    return `[${location} ${old} -> ${now}]`;
  });
  const own = step.locals.map(({ name, after }) => `[${name} = ${after}]`);
  return [...shared, ...own].map((change) => ascii(change));
}

/** Of a value in parts (`table=T0 w=0`) only those that differ. */
function differingParts(before: string, after: string): readonly [string, string] {
  const [old, now] = [before.split(' '), after.split(' ')];
  if (old.length !== now.length) return [before, after];
  const differs = (_: string, i: number): boolean => old[i] !== now[i];
  return [old.filter(differs).join(' '), now.filter(differs).join(' ')];
}
