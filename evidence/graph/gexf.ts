import gexf from 'graphology-gexf';
import type { Graph, GraphEdge, GraphNode } from '../../explorer/graph/graph.ts';
import {
  type Attribute,
  colorOf,
  edgeAttributes,
  graphAttributes,
  nodeAttributes,
  nodeName,
} from './attributes.ts';
import { graphologyOf } from './graphology.ts';
import { xml } from './visible.ts';

/** Up to here graphology holds the graph and writes the file; beyond it is written as it is listed. */
const HELD = 100_000;

/** GEXF 1.3, with positions and colours. */
export function* gexfText(graph: Graph, held = HELD): Generator<string> {
  if (graph.order > held) {
    yield* gexfStream(graph);
    return;
  }
  yield gexf.write(graphologyOf(graph), { version: '1.3', formatNode: formatted, formatEdge: formatted });
  yield '\n';
}

/** The words of GEXF that stand beside the attributes. An attribute `shape` would else be taken for the form of a node's symbol. */
function formatted(_: string, { label, x, y, color, ...attributes }: Record<string, unknown>) {
  return { label, viz: { x, y, color }, attributes } as never;
}

const besides = new Set(['label', 'x', 'y']);

/** The same without holding the graph. */
function* gexfStream(graph: Graph): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield '<gexf version="1.3" xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz">\n  <meta>\n';
  for (const [name, value] of Object.entries(graphAttributes(graph))) {
    yield `    <${name}>${xml(String(value))}</${name}>\n`;
  }
  yield '  </meta>\n  <graph defaultedgetype="directed">\n';
  yield declared('node', nodeAttributes);
  yield declared('edge', edgeAttributes);
  yield '    <nodes>\n';
  for (const node of graph.nodes())
    yield element('node', `id="${nodeName(node.number)}"`, node, nodeAttributes);
  yield '    </nodes>\n    <edges>\n';
  let number = 0;
  for (const edge of graph.edges()) {
    const ends = `source="${nodeName(edge.from)}" target="${nodeName(edge.to)}"`;
    yield element('edge', `id="e${number++}" ${ends}`, edge, edgeAttributes);
  }
  yield '    </edges>\n  </graph>\n</gexf>\n';
}

function declared<T>(kind: string, attributes: readonly Attribute<T>[]): string {
  const lines = attributes
    .filter((a) => !besides.has(a.name))
    .map((a) => `      <attribute id="${a.name}" title="${a.name}" type="${a.type}"/>\n`);
  return `    <attributes class="${kind}">\n${lines.join('')}    </attributes>\n`;
}

function element<T extends GraphNode | GraphEdge>(
  kind: string,
  head: string,
  one: T,
  attributes: readonly Attribute<T>[],
): string {
  const value = (name: string): string => xml(String(attributes.find((a) => a.name === name)?.of(one) ?? ''));
  let text = `      <${kind} ${head} label="${value('label')}"><attvalues>`;
  for (const { name, of } of attributes) {
    const own = besides.has(name) ? null : of(one);
    if (own !== null && own !== '') text += `<attvalue for="${name}" value="${xml(String(own))}"/>`;
  }
  text += '</attvalues>';
  const color = colorOf(one);
  if (color !== null) text += `<viz:color hex="${color}"/>`;
  if (kind === 'node') text += `<viz:position x="${value('x')}" y="${value('y')}"/>`;
  return `${text}</${kind}>\n`;
}
