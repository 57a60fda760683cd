import type { Mm, ThreadOfScenario } from './scenario.ts';

/** Whether a path makes a new member of the family. */
export const isFork = (run: string): boolean => run === 'fork' || run === 'fork-wrprotect-first';

/** The mm that each thread forks into: the n-th fork takes the n-th mm that is no member; null for a thread that has none. */
export function forkTargets(
  mms: readonly Mm[],
  threads: readonly Pick<ThreadOfScenario, 'run'>[],
): readonly (string | null)[] {
  const free = mms.filter((mm) => !mm.member).map((mm) => mm.name);
  return threads.map((t) => (isFork(t.run) ? (free.shift() ?? null) : null));
}

/** The mms that come to share at some moment: the members, and whatever one of these forks into. */
export function everMembers(
  mms: readonly Mm[],
  threads: readonly Pick<ThreadOfScenario, 'mm' | 'run'>[],
): ReadonlySet<string> {
  const targets = forkTargets(mms, threads);
  const members = new Set(mms.filter((mm) => mm.member).map((mm) => mm.name));
  for (const member of members)
    threads.forEach((t, i) => {
      const target = targets[i];
      if (t.mm === member && target) members.add(target);
    });
  return members;
}
