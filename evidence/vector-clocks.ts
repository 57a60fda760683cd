import type { Trace } from '../explorer/trace/trace.ts';

/** For each thread how many of its steps are known. */
export type Clock = ReadonlyMap<string, number>;

/**
 * The vector clock of each step (Fidge, Mattern 1988). What happened before a step: the earlier steps of its thread, and of two
 * accesses to one location, one of which changes it, the earlier one. A lock is such a location, so that a hand-over orders.
 */
export function vectorClocks(trace: Trace): readonly Clock[] {
  const ofThread = new Map<string, Clock>();
  /** By location: what its last store knew, and what all its accesses until then knew. */
  const stored = new Map<string, Clock>();
  const accessed = new Map<string, Clock>();
  return trace.steps.map((step) => {
    const { thread } = step;
    const changed = [...new Set([...step.writes, ...step.acquires, ...step.releases])];
    const clock = new Map(ofThread.get(thread));
    for (const location of step.reads) join(clock, stored.get(location));
    for (const location of changed) join(clock, accessed.get(location));
    clock.set(thread, (clock.get(thread) ?? 0) + 1);
    ofThread.set(thread, clock);
    for (const location of [...step.reads, ...changed]) {
      const known = new Map(accessed.get(location));
      join(known, clock);
      accessed.set(location, known);
    }
    for (const location of changed) stored.set(location, clock);
    return clock;
  });
}

function join(clock: Map<string, number>, other: Clock = new Map()): void {
  for (const [thread, n] of other) clock.set(thread, Math.max(n, clock.get(thread) ?? 0));
}
