import { DirectedGraph } from 'graphology';
import Sigma from 'sigma';
import { nodeKinds } from '../node-kinds.ts';
import type { PackedGraph } from '../page-data.ts';
import type { LayeredDrawing } from './layered-stage.ts';

/** A variable of the style sheet as it is in the present theme: only a property of an element is resolved that far. */
function colour(name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** By kind, in pixels. */
const sizes = [1.6, 6, 4, 3.5];
/** Width of the drawing over its height, about that of a screen. */
const aspect = 1.6;

const labelOf = ({ nodes, labels }: PackedGraph, node: string): string =>
  nodes[Number(node)]!.slice(4)
    .map((n) => labels[n]!)
    .join(', ');

const draw: LayeredDrawing = (stage, packed, tell) => {
  const graph = filled(packed);
  // Sigma asks the stage for its size: it must have been laid out by now.
  const sigma = new Sigma(graph, stage, {
    allowInvalidContainer: true,
    renderLabels: false,
    hideEdgesOnMove: true,
    defaultEdgeType: 'line',
    minCameraRatio: 0.01,
    maxCameraRatio: 3,
  });
  sigma.on('enterNode', ({ node }) => tell(labelOf(packed, node)));
  const paint = (): void => {
    const kinds = nodeKinds.map((kind) => colour(`node-${kind}`));
    const edge = colour('node-edge');
    graph.updateEachNodeAttributes((node, attributes) => ({
      ...attributes,
      color: kinds[packed.nodes[Number(node)]![3]!]!,
    }));
    graph.updateEachEdgeAttributes((_, attributes) => ({ ...attributes, color: edge }));
  };
  paint();
  new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
};

/** Layers by depth from top to bottom, each centred and spread in proportion to the widest. */
function filled({ nodes, edges }: PackedGraph): DirectedGraph {
  const graph = new DirectedGraph();
  const deepest = nodes.reduce((most, [, , depth]) => Math.max(most, depth!), 1);
  const widest = nodes.reduce((most, [, width]) => Math.max(most, width!), 1);
  nodes.forEach(([row, width, depth, kind], i) => {
    const x = ((row! - (width! - 1) / 2) / widest) * aspect;
    graph.addNode(i, { x, y: -depth! / deepest, size: sizes[kind!]!, zIndex: kind });
  });
  for (const [from, to] of edges) graph.addDirectedEdge(from, to, { size: 0.3 });
  return graph;
}

globalThis.cowpteLayered = draw;
