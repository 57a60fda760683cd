import type { System } from '../../model/language/system.ts';
import type { Graph, GraphEdge, GraphNode, Quotient } from './graph.ts';
import { quotientOf, TooManyClasses } from './quotient.ts';
import { graphOfStates } from './states.ts';
import { type Bounds, explored } from './stored.ts';
import { Telling } from './telling.ts';

/** A graph that is small enough to be drawn, as plain data. */
export interface Picture extends Pick<Graph, 'name' | 'by' | 'states' | 'reason'> {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** How large a picture may be, and how it is made. */
export interface PictureRequest {
  /** Most nodes. */
  readonly most: number;
  /** These ways and no others, the first that is small enough. Default: states, bisimulation, places, shape. */
  readonly by?: readonly ('state' | Quotient)[];
}

/** From the finest to the coarsest. */
const WAYS = ['state', 'bisimulation', 'places', 'shape'] as const;

/**
 * The finest view of the state graph that has at most so many nodes; null if there is none. The system is explored once, as
 * written, within the bounds; `reason` says whether these cut it off. Nodes carry depth, row and width for a layered drawing:
 * `row - (width - 1) / 2` is centred.
 */
export function pictureOf(system: System, request: PictureRequest, bounds: Bounds = {}): Picture | null {
  const stored = explored(system, bounds);
  const telling = new Telling(stored.program);
  for (const by of request.by ?? WAYS) {
    try {
      const graph =
        by === 'state'
          ? graphOfStates(stored, telling)
          : quotientOf(stored, { by, mostClasses: request.most }, telling);
      if (graph.order > request.most) continue;
      const { name, states, reason } = graph;
      return { name, by, states, reason, nodes: [...graph.nodes()], edges: [...graph.edges()] };
    } catch (error) {
      if (!(error instanceof TooManyClasses)) throw error;
    }
  }
  return null;
}
