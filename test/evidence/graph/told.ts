import { edgeAttributes, nodeAttributes, nodeName, type Value } from '../../../evidence/graph/attributes.ts';
import { visible } from '../../../evidence/graph/visible.ts';
import type { Graph } from '../../../explorer/graph/graph.ts';

type Attributes = Readonly<Record<string, Value>>;

/** A graph as a file has it: nodes by name, edges in order with the names of their ends, and what is said of each. */
export interface Told {
  readonly nodes: readonly (readonly [string, Attributes])[];
  readonly edges: readonly (readonly [string, string, Attributes])[];
}

/** What a file must say of a graph. Some formats leave out what is empty. */
export function told(graph: Graph, leaveOut: (name: string, value: Value) => boolean = () => false): Told {
  const kept = (pairs: readonly (readonly [string, Value | null])[]): Attributes =>
    Object.fromEntries(
      pairs
        .filter((pair): pair is [string, Value] => pair[1] !== null && !leaveOut(pair[0], pair[1]))
        .map(([name, value]) => [name, typeof value === 'string' ? visible(value) : value]),
    );
  return {
    nodes: [...graph.nodes()].map((node) => [
      nodeName(node.number),
      kept(nodeAttributes.map((a) => [a.name, a.of(node)])),
    ]),
    edges: [...graph.edges()].map((edge) => [
      nodeName(edge.from),
      nodeName(edge.to),
      kept(edgeAttributes.map((a) => [a.name, a.of(edge)])),
    ]),
  };
}

/** Numbers and truth values as a format without types has them. */
export const asText = ({ nodes, edges }: Told): Told => {
  const text = (attributes: Attributes): Attributes =>
    Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)]));
  return {
    nodes: nodes.map(([name, attributes]) => [name, text(attributes)]),
    edges: edges.map(([from, to, attributes]) => [from, to, text(attributes)]),
  };
};
