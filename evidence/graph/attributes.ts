import type { Graph, GraphEdge, GraphNode } from '../../explorer/graph/graph.ts';

/** A value that every format can carry. */
export type Value = string | number | boolean;

/** One attribute of a node or an edge: its name, its type, and how it is read off; null where there is none. */
export interface Attribute<T> {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'double' | 'boolean';
  readonly of: (one: T) => Value | null;
}

/** Distance between two neighbours of a layer, and between two layers. */
const APART = 10;

/** What is written of a node besides its number. y falls with the depth: the start is on top, each layer is centred. */
export const nodeAttributes: readonly Attribute<GraphNode>[] = [
  { name: 'label', type: 'string', of: (n) => n.label },
  { name: 'depth', type: 'integer', of: (n) => n.depth },
  { name: 'shape', type: 'string', of: (n) => n.shape },
  { name: 'final', type: 'boolean', of: (n) => n.final },
  { name: 'deadlock', type: 'boolean', of: (n) => n.deadlock },
  { name: 'open', type: 'boolean', of: (n) => n.open },
  { name: 'violates', type: 'string', of: (n) => n.violates.join(' ') },
  { name: 'states', type: 'integer', of: (n) => n.states },
  { name: 'inside', type: 'integer', of: (n) => n.inside },
  { name: 'run', type: 'integer', of: (n) => n.onRun },
  { name: 'x', type: 'double', of: (n) => (n.row - (n.width - 1) / 2) * APART },
  { name: 'y', type: 'double', of: (n) => 0 - n.depth * APART },
];

/** What is written of an edge besides its ends. */
export const edgeAttributes: readonly Attribute<GraphEdge>[] = [
  { name: 'label', type: 'string', of: (e) => `${e.thread} ${e.step}` },
  { name: 'thread', type: 'string', of: (e) => e.thread },
  { name: 'event', type: 'string', of: (e) => e.event },
  { name: 'step', type: 'string', of: (e) => e.step },
  { name: 'says', type: 'string', of: (e) => e.says },
  { name: 'function', type: 'string', of: (e) => e.function },
  { name: 'file', type: 'string', of: (e) => e.file },
  { name: 'line', type: 'integer', of: (e) => e.line },
  { name: 'violates', type: 'string', of: (e) => e.violates.join(' ') },
  { name: 'steps', type: 'integer', of: (e) => e.steps },
  { name: 'run', type: 'integer', of: (e) => e.onRun },
];

/** What is written of the graph as a whole. A neighbourhood is never all that there is. */
export const graphAttributes = (graph: Graph): Readonly<Record<string, Value>> => ({
  name: graph.name,
  by: graph.by,
  states: graph.states,
  exhaustive: graph.reason === null && graph.around === null,
  ...(graph.reason !== null && { reason: graph.reason }),
  ...(graph.around !== null && { around: graph.around }),
});

/** Dark enough to be read on white. */
const VIOLATED = '#b00020';
const RUN = '#0b57d0';

/** The colour of what is to be looked at first; null for the rest. */
export const colorOf = ({ violates, onRun }: GraphNode | GraphEdge): string | null =>
  violates.length > 0 ? VIOLATED : onRun !== null ? RUN : null;

/** The names of nodes in files. */
export const nodeName = (number: number): string => `n${number}`;
