import { MultiDirectedGraph } from 'graphology';
import type { Graph } from '../../explorer/graph/graph.ts';
import {
  colorOf,
  edgeAttributes,
  graphAttributes,
  nodeAttributes,
  nodeName,
  type Value,
} from './attributes.ts';
import { GraphTooLarge } from './too-large.ts';
import { visible } from './visible.ts';

/** A Map ends at 2^24 entries, and graphology keeps its nodes and edges in Maps. */
const MOST = 2 ** 24;

type Attributes = Record<string, Value>;

/**
 * The graph as one of graphology, for its algorithms and writers. Everything of it is held in memory, about 2 kB a state. Throws
 * GraphTooLarge beyond 2^24 nodes or edges.
 */
export function graphologyOf(graph: Graph): MultiDirectedGraph<Attributes, Attributes, Attributes> {
  const refuse = (): never => {
    throw new GraphTooLarge('graphology', `${MOST} nodes or edges`, 'take a quotient, or write JSON lines');
  };
  if (graph.order > MOST) refuse();
  const held = new MultiDirectedGraph<Attributes, Attributes, Attributes>();
  held.replaceAttributes(cleaned(Object.entries(graphAttributes(graph))));
  for (const node of graph.nodes()) {
    const color = colorOf(node);
    held.addNode(nodeName(node.number), {
      ...cleaned(nodeAttributes.map((a) => [a.name, a.of(node)])),
      ...(color && { color }),
    });
  }
  let number = 0;
  for (const edge of graph.edges()) {
    if (number === MOST) refuse();
    const color = colorOf(edge);
    held.addEdgeWithKey(`e${number++}`, nodeName(edge.from), nodeName(edge.to), {
      ...cleaned(edgeAttributes.map((a) => [a.name, a.of(edge)])),
      ...(color && { color }),
    });
  }
  return held;
}

function cleaned(pairs: readonly (readonly [string, Value | null])[]): Attributes {
  const attributes: Attributes = {};
  for (const [name, value] of pairs) {
    if (value !== null) attributes[name] = typeof value === 'string' ? visible(value) : value;
  }
  return attributes;
}
