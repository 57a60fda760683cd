import type { Graph } from '../../explorer/graph/graph.ts';

/** One JSON object a line: the graph, then its nodes, then its edges, as the library has them. */
export function* jsonLines(graph: Graph): Generator<string> {
  const { name, by, order, states, reason, around } = graph;
  yield line({ kind: 'graph', schema: 'cowpte.graph/1', name, by, nodes: order, states, reason, around });
  for (const node of graph.nodes()) yield line({ kind: 'node', ...node });
  for (const edge of graph.edges()) yield line({ kind: 'edge', ...edge });
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;
