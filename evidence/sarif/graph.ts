import type { EdgeTraversal, Graph, GraphTraversal, Node } from 'sarif';
import type { Trace, TraceState } from '../../explorer/trace/trace.ts';
import { happening } from '../happening.ts';
import { changedBy, runValues, valuesOf } from './values.ts';

/** Where every thread stands. */
const standing = ({ threads }: TraceState): { text: string } => ({
  text: Object.entries(threads)
    .map(([id, { at }]) => `${id} at ${at}`)
    .join(', '),
});

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
    let at = nodeOf(valuesOf(trace.initial), (id) => ({ id, label: standing(trace.initial) }));
    const edgeTraversals = trace.steps.map((step): EdgeTraversal => {
      const to = nodeOf(valuesOf(step.state), (id) => ({ id, label: standing(step.state) }));
      const edgeId = edgeOf(at, to, step.thread);
      at = to;
      return {
        edgeId,
        message: { text: `${step.n} ${step.thread}: ${happening(step)}` },
        finalState: changedBy(step),
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
