/** A directed graph in arrays: the edges of node n are from `first[n]` up to `first[n + 1]`. */
export interface Edges {
  readonly first: Int32Array;
  readonly to: Int32Array;
}

/**
 * Strongly connected components of the part of a graph that is `alive` (Tarjan, with a stack of its own instead of
 * recursion, which would overflow on long paths). Each is a list of nodes; single nodes are included.
 */
export function components({ first, to }: Edges, alive: Uint8Array): number[][] {
  const nodes = first.length - 1;
  const order = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const next = first.slice(0, nodes);
  const onStack = new Uint8Array(nodes);
  const stack: number[] = [];
  const path: number[] = [];
  const found: number[][] = [];
  let count = 0;
  const enter = (node: number): void => {
    order[node] = low[node] = count++;
    stack.push(node);
    onStack[node] = 1;
    path.push(node);
  };
  for (let root = 0; root < nodes; root++) {
    if (!alive[root] || order[root] !== -1) continue;
    enter(root);
    while (path.length > 0) {
      const node = path.at(-1)!;
      if (next[node]! < first[node + 1]!) {
        const target = to[next[node]!++]!;
        if (!alive[target]) continue;
        if (order[target] === -1) enter(target);
        else if (onStack[target]) low[node] = Math.min(low[node]!, order[target]!);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
      if (low[node] !== order[node]) continue;
      const component: number[] = [];
      for (let member = -1; member !== node; ) {
        member = stack.pop()!;
        onStack[member] = 0;
        component.push(member);
      }
      found.push(component.sort((a, b) => a - b));
    }
  }
  return found;
}
