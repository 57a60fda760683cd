import type { Trace, TraceStep } from '../explorer/trace/trace.ts';

/**
 * The steps without which the given step could not have happened as it did: earlier steps of the same thread, and those that
 * accessed a location which a later step of the past accesses too, where one of the two accesses changes it. `also` names
 * further steps whose past counts. Returns step numbers.
 */
export function causalPast(
  trace: Trace,
  of: number,
  also: (step: TraceStep) => boolean = () => false,
): ReadonlySet<number> {
  const past = new Set<number>();
  const threads = new Set<string>();
  const read = new Set<string>();
  const written = new Set<string>();
  for (const step of trace.steps.slice(0, of).reverse()) {
    const writes = [...step.writes, ...step.acquires, ...step.releases];
    const clashes =
      writes.some((l) => read.has(l) || written.has(l)) || step.reads.some((l) => written.has(l));
    if (step.n !== of && !threads.has(step.thread) && !clashes && !also(step)) continue;
    past.add(step.n);
    threads.add(step.thread);
    for (const location of writes) written.add(location);
    for (const location of step.reads) read.add(location);
  }
  return past;
}

/** The steps of a trace that are worth a line: those that led to the violation, and the violating step itself. */
export function shownSteps(trace: Trace, whole: boolean): readonly TraceStep[] {
  const { violation } = trace;
  if (whole || violation === null || violation.step === 0) return trace.steps;
  const objects = objectsOf(trace.steps[violation.step - 1]!, `${violation.needed} ${violation.found}`);
  const past = causalPast(trace, violation.step, (step) => changes(step, objects));
  return trace.steps.filter((step) => past.has(step.n));
}

const owner = (location: string): string => /\[([^\]:]+)/.exec(location)?.[1] ?? location;
const words = (text: string): readonly string[] => text.split(/[^\w]+/);

/**
 * The things (tables, mms) that a violation is about: what the violating step touches, and what the closing line speaks of. A
 * condition looks at more than a step accesses: that a table is freed, how many slots point to it.
 */
function objectsOf(step: TraceStep, text: string): ReadonlySet<string> {
  const touched = [...step.reads, ...step.writes, ...step.acquires, ...step.releases].map(owner);
  const all = new Set(Object.keys(step.state.shared).map(owner));
  return new Set([...touched, ...words(text).filter((word) => all.has(word))]);
}

/** Whether the step stores to one of the objects, or stores or overwrites a value that names one. Locking changes nothing. */
function changes(step: TraceStep, objects: ReadonlySet<string>): boolean {
  return step.changes
    .filter(({ location }) => !step.acquires.includes(location) && !step.releases.includes(location))
    .some(
      ({ location, before, after }) =>
        objects.has(owner(location)) || words(`${before} ${after}`).some((word) => objects.has(word)),
    );
}
