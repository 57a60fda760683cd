import type { Program } from '../program/program.ts';
import { placesOnCycles } from '../search/machine-cycle.ts';
import { clash, type Footprint, type Footprints } from './footprint.ts';
import type { LocationSet } from './locations.ts';

/** The next step of a thread may clash with a step that the other can still take, ... */
export const STEP_CLASHES = 1;
/** ... and so may the guards alone: what keeps the thread from going on, or lets it. */
export const GUARD_CLASHES = 2;

/** Threads of which sets can be chosen: a set is the bits of a word. */
const MOST_THREADS = 32;

/** Are there few enough threads? With more of them all go on at every state. */
export const canChoose = ({ threads }: Program): boolean => threads.length <= MOST_THREADS;

/**
 * What the choice of threads at a state is made from.
 *
 * Why taking a closed set P of threads only (see choice-code.ts) loses nothing. Let w be a run from a state of the reduced
 * graph to a step v that violates a check for the first time, takes a branch, or to a state d in which nobody can go on. By
 * induction over the length of w, then over the rank of the state, some explored run ends with the same step, or in d:
 * - P contains a thread that moves in w. Its first step s there is preceded by steps of threads outside P only. These touch
 *   nothing that s reads or writes, nor what enables it (a member that is not enabled is enabled by nobody outside). So s
 *   can be taken first, and the rest of w after it, which leads to the same states and is shorter. If s is v itself, it reads
 *   the same values as at the end of w and violates the same check: what judges a step belongs to what the step reads.
 * - No thread of P moves in w. Then d would not be a state in which nobody can go on, since the enabled member of P still can.
 *   In the other cases its step is taken first and w after it: w is as long as before, but the thread has left a place that
 *   its machine, as the place lies on no cycle, never comes back to. The rank (the number of such places ahead of all
 *   threads) has gone down, so this happens finitely often.
 * Conditions of the end are judged with the step into a state in which all have ended; such a state is a d, and any step into
 * it judges them.
 *
 * Sources: Overman, Verification of concurrent systems: function and timing, 1981. Valmari, Stubborn sets for reduced state
 * space generation, 1991. Godefroid, Partial-order methods for the verification of concurrent systems, LNCS 1032, 1996 (persistent
 * sets, chapter 4). Holzmann and Peled, An improvement in formal verification, 1994 (static masks). Kurshan, Levin, Minea,
 * Peled and Yenigun, Static partial order reduction, 1998 (the proviso on the cycles of each process).
 */
export interface Conflicts {
  /** For thread t at place p and thread u at place q: bits of the above, at [t][u][p * places of u + q]. */
  readonly clashes: readonly (readonly Uint8Array[])[];
  /** Places of each thread whose step lies on no cycle of its machine. */
  readonly leaving: readonly Uint8Array[];
}

interface Future {
  readonly reads: LocationSet;
  readonly writes: LocationSet;
}

/** All that a thread may read and write from each place on. */
function futures(footprints: Footprints, steps: readonly Footprint[]): Future[] {
  const all = steps.map((step) => {
    const future = { reads: footprints.locations.none(), writes: footprints.locations.none() };
    future.reads.addAll(step.reads);
    future.writes.addAll(step.writes);
    return future;
  });
  for (let grown = true; grown; ) {
    grown = false;
    for (let place = steps.length - 1; place >= 0; place--) {
      for (const target of steps[place]!.targets) {
        const more = all[place]!.reads.addAll(all[target]!.reads);
        grown = all[place]!.writes.addAll(all[target]!.writes) || more || grown;
      }
    }
  }
  return all;
}

/** Which steps may clash with which futures: two accesses of one location, one of them a write. */
export function conflictsOf(program: Program, footprints: Footprints): Conflicts {
  const steps = program.threads.map((t) => t.places.map((place) => footprints.of(t, place)));
  const later = steps.map((s) => futures(footprints, s));
  const clashes = steps.map((mine, t) =>
    later.map((theirs, u) => {
      const table = new Uint8Array(mine.length * theirs.length);
      if (t === u) return table;
      mine.forEach((step, p) => {
        theirs.forEach((future, q) => {
          const guard = step.guards.meets(future.writes) ? GUARD_CLASHES : 0;
          table[p * theirs.length + q] = (clash(step, future) ? STEP_CLASHES : 0) | guard;
        });
      });
      return table;
    }),
  );
  const cyclic = placesOnCycles(program);
  const leaving = program.threads.map((t) =>
    Uint8Array.from(t.places, (place) => Number(!cyclic[t.number]!.has(place.number))),
  );
  return { clashes, leaving };
}
