import type { System } from '../../model/language/system.ts';
import type { Graph, GraphEdge, GraphNode } from './graph.ts';
import { Labels } from './labels.ts';
import { type Bounds, explored, levelsOf, type Stored } from './stored.ts';
import { Telling } from './telling.ts';

/**
 * The graph of all states of a system as written, within bounds: a node for each state, an edge for each step. Nothing is held but
 * the packed states, so that graphs of many millions of states can be listed. `shape`: names of the variables that make up the
 * shape, instead of those that the system names.
 */
export function stateGraph(system: System, bounds: Bounds = {}, shape?: readonly string[]): Graph {
  const stored = explored(system, bounds);
  return graphOfStates(stored, new Telling(stored.program, shape));
}

/** The graph of states that are stored. */
export function graphOfStates(stored: Stored, telling = new Telling(stored.program)): Graph {
  const { program, count, reason } = stored;
  return {
    name: program.system.name,
    by: 'state',
    order: count,
    states: count,
    reason,
    around: null,
    nodes: () => nodesOf(stored, telling),
    edges: () => edgesOf(stored, telling),
  };
}

function* nodesOf(stored: Stored, telling: Telling): Generator<GraphNode> {
  const { graph, count, reason } = stored;
  const levels = levelsOf(stored);
  for (const [depth, first] of levels.entries()) {
    const end = Math.min(levels[depth + 1] ?? count, count);
    for (let number = first; number < end; number++) {
      const steps = graph.expandOne(number);
      yield {
        number,
        depth,
        row: number - first,
        width: end - first,
        ...telling.state(graph.configuration(number), steps),
        open: reason !== null && isOpen(stored, steps),
        states: 1,
        inside: 0,
        onRun: null,
      };
    }
  }
}

/** Does some step of the state that was expanded last lead beyond a bound? */
function isOpen({ graph, count }: Stored, steps: number): boolean {
  for (let j = 0; j < steps; j++) {
    const to = graph.successor(j);
    if (to < 0 || to >= count) return true;
  }
  return false;
}

function* edgesOf({ graph, count }: Stored, telling: Telling): Generator<GraphEdge> {
  const labels = new Labels(telling);
  for (let from = 0; from < count; from++) {
    const steps = graph.expandOne(from);
    // Whoever reads an edge may expand another state before it asks for the next one.
    const found: { readonly to: number; readonly label: number }[] = [];
    for (let j = 0; j < steps; j++) {
      const to = graph.successor(j);
      if (to >= 0 && to < count) found.push({ to, label: labels.of(graph, from, j) });
    }
    for (const { to, label } of found) yield { from, to, ...labels.all[label]!, steps: 1, onRun: null };
  }
}
