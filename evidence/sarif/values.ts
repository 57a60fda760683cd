import type { MultiformatMessageString } from 'sarif';
import type { Trace, TraceState, TraceStep } from '../../explorer/trace/trace.ts';

type Values = Readonly<Record<string, string>>;
export type SarifState = Record<string, MultiformatMessageString>;

/** A whole state as one table: locations, then for each thread where it stands and its locals (`A/0.src`). */
export function valuesOf({ shared, threads }: TraceState): Values {
  const own = Object.entries(threads).flatMap(([id, { at, locals }]) => [
    [`${id} at`, at] as const,
    ...Object.entries(locals).map(([name, value]) => [`${id}.${name}`, value] as const),
  ]);
  return { ...shared, ...Object.fromEntries(own) };
}

/** The states of a run: what never changes in it is told once, so that a log of many runs stays readable. */
export interface RunValues {
  readonly immutable: SarifState;
  readonly initial: SarifState;
  /** After each step all values that change somewhere in the run. */
  readonly after: readonly SarifState[];
}

/** What a step changed: locations, and locals of its thread. */
export function changedBy({ thread, changes, locals }: TraceStep): SarifState {
  const shared = changes.map(({ location, after }) => [location, { text: after }] as const);
  const own = locals.map(({ name, after }) => [`${thread}.${name}`, { text: after }] as const);
  return Object.fromEntries([...shared, ...own]);
}

/** Takes the states of a run apart. */
export function runValues(trace: Trace): RunValues {
  const first = valuesOf(trace.initial);
  const states = trace.steps.map((step) => valuesOf(step.state));
  const changing = new Set(Object.keys(first).filter((key) => states.some((now) => now[key] !== first[key])));
  const only = (values: Values, wanted: boolean): SarifState =>
    Object.fromEntries(
      Object.entries(values)
        .filter(([key]) => changing.has(key) === wanted)
        .map(([key, text]) => [key, { text }]),
    );
  return {
    immutable: only(first, false),
    initial: only(first, true),
    after: states.map((now) => only(now, true)),
  };
}
