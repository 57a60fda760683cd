import type { Graph } from '../../explorer/graph/graph.ts';
import { jsonLine } from '../json.ts';

/** One JSON object a line: the graph, then its nodes, then its edges, as the library has them. */
export function* jsonLines(graph: Graph): Generator<string> {
  const { name, by, order, states, reason, around } = graph;
  yield jsonLine({ kind: 'graph', schema: 'cowpte.graph/1', name, by, nodes: order, states, reason, around });
  for (const node of graph.nodes()) yield jsonLine({ kind: 'node', ...node });
  for (const edge of graph.edges()) yield jsonLine({ kind: 'edge', ...edge });
}
