import type { PackedGraph } from '../page-data.ts';
import './layered-stage.ts';

/** Draws the large graph of a section when it is opened for the first time: a hidden stage has no size. */
export function drawOnce(section: HTMLElement, graphs: readonly PackedGraph[]): void {
  const stage = section.querySelector<HTMLElement>('.stage');
  const graph = graphs.find((g) => `graph=${g.id}` === section.id);
  if (!stage || !graph || stage.childElementCount > 0) return;
  const told = section.querySelector('.told');
  const tell = (label: string): void => {
    if (told) told.textContent = label;
  };
  stage.setAttribute('aria-label', `${graph.nodes.length} nodes in layers by depth, the initial one above`);
  try {
    globalThis.cowpteLayered?.(stage, graph, tell);
  } catch (error) {
    tell(`This browser cannot draw the graph: ${error instanceof Error ? error.message : String(error)}`);
  }
}
