import type { Move, Run } from '../outcome.ts';
import { switchesOf } from '../trace/switches.ts';
import type { BreadthFirst } from './breadth-first.ts';
import type { FingerprintGraph } from './fingerprint-graph.ts';
import { PackedGraph } from './packed-graph.ts';
import { eventName } from './shortest-run.ts';
import type { FoundRuns } from './shown-runs.ts';

/**
 * Takes the runs to these violations again, by what was kept of them: the fingerprint of each state on the way. Nothing is
 * believed: where a step is not there, because the fingerprints of two states are the same, the run is left out.
 */
export function recoveredRuns(found: BreadthFirst<FingerprintGraph>, checks: readonly number[]): FoundRuns {
  const graph = new PackedGraph(found.graph.compiled);
  const runs = new Map<number, Run>();
  for (const check of checks) {
    const run = recovered(found, graph, check);
    if (run) runs.set(check, run);
  }
  return { graph, runs };
}

function recovered(found: BreadthFirst<FingerprintGraph>, graph: PackedGraph, check: number): Run | null {
  const moves: Move[] = [];
  let state = 0;
  const take = (j: number): void => {
    const thread = graph.threadOf(j);
    moves.push({ thread, event: eventName(graph, state, thread, graph.eventOf(j)) });
  };
  const length = found.violations.lengths[check]!;
  if (length > 0) {
    for (const number of found.graph.store.wayTo(found.violations.states[check]!).slice(1)) {
      const j = stepTo(found.graph, graph, state, number);
      if (j < 0) return null;
      take(j);
      state = graph.keep(j);
    }
  }
  if (moves.length < length) {
    const count = graph.expandOne(state);
    let j = 0;
    while (j < count && !graph.violates(j, check)) j++;
    if (j === count) return null;
    take(j);
  } else if (length > 0 && !isStuck(found, graph, state, check)) return null;
  return { moves, switches: switchesOf(moves), shortest: false };
}

/** The successor of a state that has the fingerprint of state `number` of the search; -1 if none has. */
function stepTo(found: FingerprintGraph, graph: PackedGraph, state: number, number: number): number {
  const count = graph.expandOne(state);
  for (let j = 0; j < count; j++) if (found.store.find(...graph.packed(j)) === number) return j;
  return -1;
}

function isStuck(
  found: BreadthFirst<FingerprintGraph>,
  graph: PackedGraph,
  state: number,
  check: number,
): boolean {
  if (graph.isFinal(state) || graph.expandOne(state) > 0) return false;
  return found.deadlocks.judge(graph.configuration(state)).checks.includes(check);
}
