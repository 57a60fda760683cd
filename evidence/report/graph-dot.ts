import type { GraphEdge, GraphNode } from '../../explorer/graph/graph.ts';
import type { Picture } from '../../explorer/graph/picture.ts';
import { visible } from './escape.ts';
import { kindsOf } from './graph-page.ts';

const quoted = (text: string): string =>
  `"${visible(text, 400).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** Lines of a label, each to the left. */
const lines = (parts: readonly string[]): string =>
  `"${parts.map((p) => `${quoted(p).slice(1, -1)}\\l`).join('')}"`;

const mostNamed = 2;

/** A picture in the language of Graphviz. Classes instead of colours, so that the page chooses these. */
export function pictureDot(picture: Picture): string {
  const kinds = kindsOf(picture);
  const nodes = picture.nodes.map((node, i) => {
    const mark = kinds[i] === 'violating' ? ', penwidth=2.5' : kinds[i] === 'final' ? ', peripheries=2' : '';
    return `  n${node.number} [class=${kinds[i]}, label=${lines(nodeLines(node))}${mark}];`;
  });
  const edges = [...joined(picture.edges)].map(([pair, between]) => {
    const [from, to] = pair.split(' ');
    const broken = between.some((e) => e.violates.length > 0) ? ', class=violating, penwidth=2' : '';
    return `  n${from} -> n${to} [label=${lines(edgeLines(between))}${broken}];`;
  });
  return [
    'digraph states {',
    '  bgcolor=transparent; ranksep=0.35; nodesep=0.25;',
    '  node [shape=box, style=rounded, fontname="Courier", fontsize=10, margin="0.1,0.05"];',
    '  edge [fontname="Courier", fontsize=9, arrowsize=0.6];',
    ...nodes,
    ...edges,
    '}\n',
  ].join('\n');
}

function nodeLines({ number, label, states, violates, deadlock }: GraphNode): readonly string[] {
  const said = [...violates.map((name) => `violates ${name}`), ...(deadlock ? ['deadlock'] : [])];
  return [
    ...(number === 0 ? ['initial'] : []),
    ...label.split(', '),
    ...(states > 1 ? [`${states} states`] : []),
    ...said,
  ];
}

/** Edges between the same two nodes are drawn as one. */
function joined(edges: readonly GraphEdge[]): Map<string, GraphEdge[]> {
  const pairs = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const key = `${edge.from} ${edge.to}`;
    const known = pairs.get(key);
    if (known) known.push(edge);
    else pairs.set(key, [edge]);
  }
  return pairs;
}

function edgeLines(edges: readonly GraphEdge[]): readonly string[] {
  const names = [...new Set(edges.map((e) => `${e.thread} ${e.step}`))];
  const broken = [...new Set(edges.flatMap((e) => e.violates))].map((name) => `violates ${name}`);
  const more = names.length - mostNamed;
  return [...names.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : []), ...broken];
}
