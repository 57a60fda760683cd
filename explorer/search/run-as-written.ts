import { placeIn } from '../compile/layout.ts';
import type { Move, Run } from '../outcome.ts';
import { switchesOf } from '../trace/switches.ts';
import type { PackedGraph } from './packed-graph.ts';
import { eventName } from './shortest-run.ts';

/**
 * A run of a reduced graph as a run of the system as written: forced steps are put back, and names that were exchanged on the way
 * are the names of the start again. `plain` makes the steps as written. In each state that step is taken which leads into the
 * orbit of the next state of the run; there is one, since a renaming of a state can take the renamed step. It ends with the
 * first step that violates the check.
 */
export function runAsWritten(graph: PackedGraph, run: Run, check: number, plain: PackedGraph): Run {
  const moves: Move[] = [];
  const { layout, initial } = plain.compiled;
  let now = initial;
  for (const next of orbitsAlong(graph, run)) {
    const ways = plain.stepsFrom(now).filter(({ to }) => sameWords(graph.canonical(to), next));
    const step = ways.find((w) => w.violates[check]) ?? ways[0];
    if (!step)
      throw new Error(
        `no step leads to state ${moves.length + 1} of a run of '${graph.program.system.name}'`,
      );
    const place = graph.program.threads[step.thread]!.places[placeIn(layout, step.thread, now, 0)]!;
    moves.push({ thread: step.thread, event: place.events[step.event]!.name });
    if (step.violates[check]) break;
    now = step.to;
  }
  return { moves, switches: switchesOf(moves), shortest: false };
}

const sameWords = (a: Int32Array, b: Int32Array): boolean => a.every((word, n) => word === b[n]);

/** The states of a run, forced ones included, each by the one that stands for its orbit. */
function orbitsAlong(graph: PackedGraph, run: Run): Int32Array[] {
  let state = 0;
  return run.moves.flatMap((move) => {
    const n = graph.expandOne(state);
    for (let j = 0; j < n; j++) {
      if (graph.threadOf(j) !== move.thread) continue;
      if (eventName(graph, state, move.thread, graph.eventOf(j)) !== move.event) continue;
      const next = graph.successor(j);
      const way = graph.chain(state, j);
      state = next;
      return way;
    }
    throw new Error(`a run of '${graph.program.system.name}' cannot be taken again`);
  });
}
