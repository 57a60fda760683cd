import type { PackedGraph } from '../page-data.ts';

/** Draws a large graph on a stage; `tell` is called with the label of the node that is pointed at. */
export type LayeredDrawing = (stage: HTMLElement, graph: PackedGraph, tell: (label: string) => void) => void;

declare global {
  /** Left by the script that draws large graphs; it is in the page only where there is one. */
  var cowpteLayered: LayeredDrawing | undefined;
}
