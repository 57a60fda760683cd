import type { Graph } from '../../explorer/graph/graph.ts';
import { type Attribute, edgeAttributes, graphAttributes, nodeAttributes, nodeName } from './attributes.ts';
import { xml } from './visible.ts';

const types = { string: 'string', integer: 'int', double: 'double', boolean: 'boolean' } as const;

/** GraphML 1.0, a line for each node and each edge. */
export function* graphmlText(graph: Graph): Generator<string> {
  const whole = Object.entries(graphAttributes(graph)).map(([name, value]): Attribute<Graph> => {
    const type = typeof value === 'number' ? 'integer' : typeof value === 'boolean' ? 'boolean' : 'string';
    return { name, type, of: () => value };
  });
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  yield keys('graph', whole);
  yield keys('node', nodeAttributes);
  yield keys('edge', edgeAttributes);
  yield `  <graph edgedefault="directed">\n    ${data('graph', graph, whole)}\n`;
  for (const node of graph.nodes()) {
    yield `    <node id="${nodeName(node.number)}">${data('node', node, nodeAttributes)}</node>\n`;
  }
  let number = 0;
  for (const edge of graph.edges()) {
    const head = `id="e${number++}" source="${nodeName(edge.from)}" target="${nodeName(edge.to)}"`;
    yield `    <edge ${head}>${data('edge', edge, edgeAttributes)}</edge>\n`;
  }
  yield '  </graph>\n</graphml>\n';
}

/** The id of a key is unique in the file: a node and an edge may have attributes of one name. */
const keys = <T>(kind: string, attributes: readonly Attribute<T>[]): string =>
  attributes
    .map((a) => {
      const id = `${kind}.${a.name}`;
      return `  <key id="${id}" for="${kind}" attr.name="${a.name}" attr.type="${types[a.type]}"/>\n`;
    })
    .join('');

const data = <T>(kind: string, one: T, attributes: readonly Attribute<T>[]): string =>
  attributes
    .map(({ name, of }) => {
      const value = of(one);
      return value === null ? '' : `<data key="${kind}.${name}">${xml(String(value))}</data>`;
    })
    .join('');
