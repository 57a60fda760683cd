/** What a node of a graph is marked for. Packed graphs number these. */
export const nodeKinds = ['inner', 'initial', 'final', 'violating'] as const;
export type NodeKind = (typeof nodeKinds)[number];
