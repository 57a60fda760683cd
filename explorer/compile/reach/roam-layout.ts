import type { Program, ProgramThread } from '../../program/program.ts';
import type { Footprints } from '../../reduce/footprint.ts';

/** Where everything stands in the arrays of the generated code. */
export interface RoamLayout {
  /** Words of a set of locations. */
  readonly width: number;
  /** Numbers in `Can` of the locals, by thread and name; locations come first. */
  readonly locals: readonly ReadonlyMap<string, number>[];
  readonly size: number;
  /** Number in `Seen` of the first place of each thread. */
  readonly places: readonly number[];
  readonly allPlaces: number;
  /** By thread: its places, each after those that lead to it, as far as there are no cycles. */
  readonly order: readonly (readonly number[])[];
}

/** The places that can be reached, in reverse postorder, then the others. */
function orderOf({ places, entry }: ProgramThread): number[] {
  const done: number[] = [];
  const met = new Set<number>();
  const go = (at: number): void => {
    if (met.has(at)) return;
    met.add(at);
    for (const { target } of places[at]!.events.flatMap((e) => e.branches)) go(target);
    done.push(at);
  };
  go(entry);
  const reached = done.reverse();
  return [...reached, ...places.map((p) => p.number).filter((n) => !met.has(n))];
}

export function roamLayoutOf(program: Program, footprints: Footprints): RoamLayout {
  let size = footprints.locations.size;
  const locals = program.threads.map((t) => new Map(t.locals.map((l) => [l.name, size++] as const)));
  let allPlaces = 0;
  const places = program.threads.map((t) => {
    const first = allPlaces;
    allPlaces += t.places.length;
    return first;
  });
  const order = program.threads.map(orderOf);
  return { order, width: Math.ceil(footprints.locations.size / 32), locals, size, places, allPlaces };
}

/** Words of the locations that a thread may feel, then of those it writes, then of those that its guards feel. */
export const readsOf = (l: RoamLayout, thread: number): number => l.width * (1 + 3 * thread);
const writesOf = (l: RoamLayout, thread: number): number => readsOf(l, thread) + l.width;
export const guardsOf = (l: RoamLayout, thread: number): number => writesOf(l, thread) + l.width;
