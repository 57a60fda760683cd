import type { GraphNode } from '../../explorer/graph/graph.ts';
import type { Picture } from '../../explorer/graph/picture.ts';
import { count } from '../verdicts.ts';
import { html, visible } from './escape.ts';
import { type NodeKind, nodeKinds } from './node-kinds.ts';
import { Numbered } from './numbered.ts';
import type { PackedGraph } from './page-data.ts';

/** The state graph of a scenario, or a quotient of it. */
export interface ReportGraph {
  /** Names the graph in the address. */
  readonly id: string;
  readonly scenario: string;
  readonly picture: Picture;
}

/** Up to here nodes are drawn with their names; above, the graph is a cloud of points in layers. */
export const mostDrawn = 500;
/** Above this a browser no longer shows it well. */
export const mostShown = 20_000;

/** A state from which a violating step leads on is violating, too: the step has no point of its own to mark. */
export function kindsOf({ nodes, edges }: Picture): readonly NodeKind[] {
  const broken = new Set(edges.filter((e) => e.violates.length > 0).map((e) => e.to));
  return nodes.map((node): NodeKind => {
    if (node.violates.length > 0 || node.deadlock || broken.has(node.number)) return 'violating';
    if (node.number === 0) return 'initial';
    return node.final ? 'final' : 'inner';
  });
}

const means: Readonly<Record<Picture['by'], string>> = {
  state: 'A node is a state.',
  bisimulation: 'A node is a class of states that allow the same steps for ever after (strong bisimulation).',
  places: 'A node is a class of states in which every thread stands at the same place.',
  shape: 'A node is a class of states with the same tables, counts and slots.',
  scc: 'A node is a strongly connected component.',
};

/** A section for each graph; a large one is a stage on which the script draws. */
export function graphSections(graphs: readonly ReportGraph[], drawings: ReadonlyMap<string, string>): string {
  return graphs.map((graph) => section(graph, drawings.get(graph.id))).join('\n');
}

function section({ id, scenario, picture }: ReportGraph, drawing: string | undefined): string {
  const { nodes, edges, by, states, reason } = picture;
  const name = html(visible(scenario));
  const bound = reason === null ? '' : ` The search was ended by ${html(reason)}: this is a part.`;
  const said = `${count(states, 'state')} in ${count(nodes.length, 'node')} and ${count(edges.length, 'edge')}. ${means[by]}${bound}`;
  const stage =
    drawing === undefined
      ? '<div class="stage" role="img" tabindex="0"></div><p class="told" aria-live="polite">Point at a node to read where its threads stand.</p>'
      : `<div class="drawing" role="region" tabindex="0" aria-label="Graph of ${name}">${drawing}</div>`;
  return `<section class="graph" id="graph=${html(id)}" aria-label="Graph of ${name}"><div class="title"><div><h1>${name} <small>by ${by}</small></h1>
<p>${said}</p></div><ul class="legend" aria-label="Marks"><li class="initial">initial</li><li class="inner">inner</li><li class="final">every thread has ended</li><li class="violating">violation</li></ul></div>
${stage}
${layers(nodes)}</section>`;
}

/** The graph for who cannot see it: how many nodes stand at which depth. */
function layers(nodes: readonly GraphNode[]): string {
  const widths = new Map<number, number>();
  for (const { depth } of nodes) widths.set(depth, (widths.get(depth) ?? 0) + 1);
  const rows = [...widths].sort((a, b) => a[0] - b[0]).map(([depth, n]) => `${depth}: ${n}`);
  return `<details><summary>Nodes at each depth</summary><p>${rows.join(', ')}</p></details>`;
}

/** The graph in the form of the page. Threads stand at the same places again and again: these are numbered. */
export function packGraph({ id, picture }: ReportGraph): PackedGraph {
  const kinds = kindsOf(picture);
  const labels = new Numbered<string>();
  const pairs = new Set(picture.edges.filter((e) => e.from !== e.to).map((e) => `${e.from} ${e.to}`));
  return {
    id,
    nodes: picture.nodes.map((node, i) => {
      const parts = node.label.split(', ').map((part) => labels.of(visible(part)));
      return [node.row, node.width, node.depth, nodeKinds.indexOf(kinds[i]!), ...parts];
    }),
    labels: labels.all,
    edges: [...pairs].map((pair) => pair.split(' ').map(Number) as [number, number]),
  };
}
