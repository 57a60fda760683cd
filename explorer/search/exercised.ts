import type { BranchCount } from '../outcome.ts';
import type { Program } from '../program/program.ts';

/** For each check whether from every set of kinds that it names at least one step was taken. */
export function exercisedChecks(program: Program, coverage: Uint8Array): boolean[] {
  const taken = new Set<string>();
  for (const branch of branchesOf(program)) {
    if (coverage[branch.number]) for (const kind of branch.kinds) taken.add(kind);
  }
  return program.checks.map((c) =>
    c.declared.exercisedBy.every((set) => set.some((kind) => taken.has(kind))),
  );
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
