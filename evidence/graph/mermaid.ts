import type { Graph, GraphEdge, GraphNode } from '../../explorer/graph/graph.ts';
import { colorOf, nodeName } from './attributes.ts';
import { GraphTooLarge } from './too-large.ts';
import { visible } from './visible.ts';

const MOST_NODES = 200;
/** Mermaid itself draws no more edges and reads no longer texts (its defaults, which a diagram cannot change). */
const MOST_EDGES = 500;
const MOST_CHARACTERS = 50_000;

const hint = 'take a quotient (--quotient shape) or another format';

/** A Mermaid flow chart. Throws GraphTooLarge for what could not be drawn. */
export function mermaidText(graph: Graph): string {
  if (graph.order > MOST_NODES) throw new GraphTooLarge('mermaid', `${MOST_NODES} nodes`, hint);
  const edges = [...graph.edges()];
  if (edges.length > MOST_EDGES) throw new GraphTooLarge('mermaid', `${MOST_EDGES} edges`, hint);
  const nodes = [...graph.nodes()];
  const colored = edges.flatMap((edge, n) =>
    colorOf(edge) === null ? [] : [`${n} stroke:${colorOf(edge)}`],
  );
  const lines = [
    `%% ${comment(graph.name)}`,
    'flowchart TD',
    ...nodes.map((node) => `  ${nodeName(node.number)}${nodeText(node)}`),
    ...edges.map((edge) => `  ${nodeName(edge.from)} -->|"${edgeText(edge)}"| ${nodeName(edge.to)}`),
    ...nodes.flatMap((node) =>
      colorOf(node) === null
        ? []
        : [`  style ${nodeName(node.number)} stroke:${colorOf(node)},stroke-width:2px`],
    ),
    ...colored.map((style) => `  linkStyle ${style},stroke-width:2px`),
  ];
  const text = `${lines.join('\n')}\n`;
  if (text.length > MOST_CHARACTERS)
    throw new GraphTooLarge('mermaid', `${MOST_CHARACTERS} characters`, hint);
  return text;
}

/** A final state is round. */
function nodeText({ label, states, final }: GraphNode): string {
  const lines = [...label.split(', '), ...(states > 1 ? [`${states} states`] : [])].map(escaped);
  const text = `"${lines.join('<br/>')}"`;
  return final ? `([${text}])` : `[${text}]`;
}

const edgeText = ({ thread, step, steps }: GraphEdge): string =>
  escaped(`${thread} ${step}${steps > 1 ? ` (${steps})` : ''}`);

/** What has a meaning in a text of Mermaid is written by its number. */
const escaped = (text: string): string =>
  visible(text).replace(/["#&<>`|\\;]/g, (c) => `#${c.charCodeAt(0)};`);

/** A comment is a line; braces in it would be taken for a directive. */
const comment = (text: string): string => visible(text).replace(/[{}]/g, '?');
