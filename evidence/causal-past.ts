import type { Trace, TraceStep } from '../explorer/trace/trace.ts';

/**
 * The steps without which the given step could not have happened as it did: earlier steps of the same thread, and those that
 * accessed a location which a later step of the past accesses too, where one of the two accesses changes it. Returns step
 * numbers.
 */
export function causalPast(trace: Trace, of: number): ReadonlySet<number> {
  const past = new Set<number>();
  const threads = new Set<string>();
  const read = new Set<string>();
  const written = new Set<string>();
  for (const step of trace.steps.slice(0, of).reverse()) {
    const writes = [...step.writes, ...step.acquires, ...step.releases];
    const clashes =
      writes.some((l) => read.has(l) || written.has(l)) || step.reads.some((l) => written.has(l));
    if (step.n !== of && !threads.has(step.thread) && !clashes) continue;
    past.add(step.n);
    threads.add(step.thread);
    for (const location of writes) written.add(location);
    for (const location of step.reads) read.add(location);
  }
  return past;
}

/** The steps of a trace that are worth a line: the causal past of the violation and the violating step itself. */
export function shownSteps(trace: Trace, whole: boolean): readonly TraceStep[] {
  const { violation } = trace;
  if (whole || violation === null || violation.step === 0) return trace.steps;
  const past = causalPast(trace, violation.step);
  return trace.steps.filter((step) => past.has(step.n));
}
