import type { EdgeTraversal, Graph, GraphTraversal, Node } from 'sarif';
import type { Trace } from '../../explorer/trace/trace.ts';
import { placeOf } from './places.ts';
import { runValues, valuesOf } from './values.ts';

/** The states that the runs visit, and each run as a way through them. A state that both visit is one node. */
export function runGraph(runs: readonly { readonly trace: Trace; readonly text: string }[]): {
  readonly graph: Graph;
  readonly traversals: GraphTraversal[];
} {
  const nodes = new Map<string, Node>();
  const edges = new Map<
    string,
    { readonly id: string; readonly sourceNodeId: string; readonly targetNodeId: string }
  >();
  const nodeOf = (values: object, make: (id: string) => Node): string => {
    const key = JSON.stringify(values);
    const node = nodes.get(key) ?? make(`s${nodes.size}`);
    nodes.set(key, node);
    return node.id;
  };
  const edgeOf = (sourceNodeId: string, targetNodeId: string, thread: string): string => {
    const key = `${sourceNodeId} ${targetNodeId} ${thread}`;
    const edge = edges.get(key) ?? { id: `e${edges.size + 1}`, sourceNodeId, targetNodeId };
    edges.set(key, edge);
    return edge.id;
  };
  const traversals = runs.map(({ trace, text }): GraphTraversal => {
    const { initial, immutable } = runValues(trace);
    let at = nodeOf(valuesOf(trace.initial), (id) => ({ id, label: { text: 'initial state' } }));
    const edgeTraversals = trace.steps.map((step): EdgeTraversal => {
      const label = { text: `after ${step.thread}: ${step.says}` };
      const to = nodeOf(valuesOf(step.state), (id) => ({ id, label, location: placeOf(step, step.says) }));
      const edgeId = edgeOf(at, to, step.thread);
      at = to;
      const changed = step.changes.map(({ location, after }) => [location, { text: after }] as const);
      const own = step.locals.map(({ name, after }) => [`${step.thread}.${name}`, { text: after }] as const);
      return {
        edgeId,
        message: { text: `${step.n} ${step.thread}: ${step.says}` },
        finalState: Object.fromEntries([...changed, ...own]),
      };
    });
    return {
      resultGraphIndex: 0,
      description: { text },
      initialState: initial,
      immutableState: immutable,
      edgeTraversals,
    };
  });
  const graph: Graph = {
    description: { text: 'The states that the runs visit.' },
    nodes: [...nodes.values()],
    edges: [...edges.values()],
  };
  return { graph, traversals };
}
