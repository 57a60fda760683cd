import type { Graph, GraphNode } from '../../explorer/graph/graph.ts';
import { wrap } from '../wrap.ts';
import {
  type Attribute,
  colorOf,
  edgeAttributes,
  graphAttributes,
  nodeAttributes,
  nodeName,
  type Value,
} from './attributes.ts';
import { visible } from './visible.ts';

/**
 * DOT for Graphviz. The attributes stand beside those that Graphviz draws by; `shape`, `x` and `y` are left to it: the shape of a
 * state is called `state_shape`. A violation is red, the run blue, a final state has two lines, a deadlock is filled.
 */
export function* dotText(graph: Graph): Generator<string> {
  yield `digraph ${quoted(graph.name)} {\n`;
  yield `  graph [${list(Object.entries(graphAttributes(graph)))}, label=${label(caption(graph))}, fontname="Courier"]\n`;
  yield '  node [shape=box, fontname="Courier", fontsize=10]\n  edge [fontname="Courier", fontsize=9]\n';
  for (const node of graph.nodes()) {
    const look = lookOf(node, colorOf(node));
    const name = nodeName(node.number);
    yield `  ${name} [label=${label(nodeLabel(node))}, ${list(values(node, nodeAttributes))}${look}]\n`;
  }
  for (const edge of graph.edges()) {
    const color = colorOf(edge);
    const look = color === null ? '' : `, color="${color}", fontcolor="${color}", penwidth=2`;
    const text = `${edge.thread} ${edge.step}${edge.steps > 1 ? ` (${edge.steps})` : ''}`;
    const ends = `${nodeName(edge.from)} -> ${nodeName(edge.to)}`;
    yield `  ${ends} [label=${label(visible(text))}, ${list(values(edge, edgeAttributes))}${look}]\n`;
  }
  yield '}\n';
}

/** A line of a node, in characters. */
const WIDE = 44;

function nodeLabel({ label: text, states }: GraphNode): string {
  const lines = text.split(', ').flatMap((part) => wrap(visible(part), WIDE));
  return [...lines, ...(states > 1 ? [`${states} states`] : [])].join('\n');
}

function caption({ name, by, states, reason, around }: Graph): string {
  const which = around === null ? '' : ` near the counterexample of ${visible(around)}`;
  const cut = reason === null ? '' : `, cut off (${reason})`;
  return `${visible(name)}\n${states} states${which}${cut}${by === 'state' ? '' : `, put together by ${by}`}`;
}

function lookOf({ final, deadlock }: GraphNode, color: string | null): string {
  const parts = [
    ...(color === null ? [] : [`color="${color}"`, 'penwidth=2']),
    ...(final ? ['peripheries=2'] : []),
    ...(deadlock ? ['style=filled', 'fillcolor="#ffd9d9"'] : []),
  ];
  return parts.map((part) => `, ${part}`).join('');
}

const drawnBy = new Set(['label', 'x', 'y']);
const renamed: Readonly<Record<string, string>> = { shape: 'state_shape' };

const values = <T>(one: T, attributes: readonly Attribute<T>[]): (readonly [string, Value])[] =>
  attributes.flatMap(({ name, of }) => {
    const value = drawnBy.has(name) ? null : of(one);
    return value === null ? [] : [[renamed[name] ?? name, value] as const];
  });

const list = (pairs: readonly (readonly [string, Value])[]): string =>
  pairs.map(([name, value]) => `${name}=${quoted(String(value))}`).join(', ');

/** A string in which only a quote and a backslash have a meaning. */
const quoted = (text: string): string => `"${visible(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/**
 * A text that is drawn: lines are centred, and Graphviz would read entities in it. An empty line in the caption of a graph ends
 * Graphviz in WebAssembly (1.29.2 of its package) with a trap.
 */
const label = (text: string): string =>
  `"${visible(text, true)
    .replaceAll(/^$/gm, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('&', '&amp;')
    .replaceAll('\n', '\\n')}"`;
