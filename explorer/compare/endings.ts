import type { System } from '../../model/language/system.ts';
import { type Bounds, explored } from '../graph/stored.ts';
import { Telling } from '../graph/telling.ts';
import type { Reason } from '../outcome.ts';
import { placeOf } from '../program/program.ts';

/** How the runs of a system can end. */
export interface Endings {
  /** Each end once: the shape of the state, and what became of each thread. In order of the text. */
  readonly all: readonly string[];
  /** Why not all were seen; null if they were. */
  readonly reason: Reason;
}

/**
 * The ends of all runs: states from which no step is possible. Orders that lead to the same end need not all be visited, so that the
 * partial-order reduction is used: it keeps every end. `shape`: names of the variables to tell a state by.
 */
export function endingsOf(system: System, shape: readonly string[], bounds: Bounds = {}): Endings {
  const reduce = { deadLocals: true, partialOrder: true };
  const { program, graph, count, reason } = explored({ ...system, checks: [] }, bounds, reduce);
  const telling = new Telling(program, shape);
  const all = new Set<string>();
  for (let state = 0; state < count; state++) {
    if (graph.expandOne(state) > 0) continue;
    const now = graph.configuration(state);
    const fates = program.threads.flatMap((thread) => {
      const { final, name } = placeOf(thread, now.threads[thread.number]!.place);
      if (final === 'ended') return [];
      return final === 'stopped' ? [`${thread.id} has died`] : [`${thread.id} waits at ${name}`];
    });
    all.add([telling.shape(now), ...fates].join('; '));
  }
  return { all: [...all].sort(), reason };
}
