import type { BranchCount } from '../outcome.ts';
import type { Program } from '../program/program.ts';

/** For each check whether from every set of kinds that it names at least one step was taken. */
export function exercisedChecks(program: Program, coverage: Uint8Array): boolean[] {
  const takers = new Map<string, Set<number>>();
  for (const branch of branchesOf(program)) {
    if (!coverage[branch.number]) continue;
    for (const kind of branch.kinds) takers.set(kind, (takers.get(kind) ?? new Set()).add(branch.thread));
  }
  const takersOf = (set: readonly string[]): Set<number> =>
    new Set(set.flatMap((kind) => [...(takers.get(kind) ?? [])]));
  return program.checks.map(({ declared: { exercisedBy, byAnother } }) => {
    const sets = exercisedBy.map(takersOf);
    const [first, second] = sets;
    const apart = !byAnother || !first || !second || [...first].some((t) => [...second].some((u) => u !== t));
    return apart && sets.every((set) => set.size > 0);
  });
}

/** Which branch of which place was taken. */
export function branchCounts(program: Program, coverage: Uint8Array): BranchCount[] {
  return branchesOf(program).map((b) => ({
    thread: b.thread,
    place: b.place,
    event: b.event,
    branch: b.index,
    taken: coverage[b.number] === 1,
  }));
}

function branchesOf(program: Program): {
  number: number;
  thread: number;
  place: string;
  event: string;
  index: number;
  kinds: readonly string[];
}[] {
  return program.threads.flatMap((thread) =>
    thread.places.flatMap((place) =>
      place.events.flatMap((event) =>
        event.branches.map((branch, index) => ({
          number: branch.number,
          thread: thread.number,
          place: place.name,
          event: event.name,
          index,
          kinds: branch.kinds,
        })),
      ),
    ),
  );
}
