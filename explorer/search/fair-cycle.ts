import { components } from './components.ts';
import { inSet, type Region } from './region.ts';

/**
 * A component in which a fair run can go round for ever. Weak fairness: a thread that could always move does move. Strong
 * fairness for locks: a thread that can take a lock again and again takes it.
 */
export interface FairComponent {
  /** Nodes of the region, ascending. */
  readonly nodes: readonly number[];
  /** Edges that the lap must take, and nodes that it must pass, so that it is fair. */
  readonly edges: readonly number[];
  readonly passes: readonly number[];
}

/** The first fair component of a region, in order of its least state; null if no fair run stays in the region. */
export function fairComponent(region: Region, threads: number): FairComponent | null {
  const alive = new Uint8Array(region.states.length).fill(1);
  const work = inOrder(components(region, alive));
  for (const nodes of work) {
    const judged = judge(region, nodes, threads);
    if (judged === 'unfair') continue;
    if ('edges' in judged) return judged;
    // Strong fairness (Streett, as in Emerson and Lei): no fair run passes these nodes for ever, so look without them.
    const rest = new Uint8Array(region.states.length);
    for (const node of nodes) rest[node] = judged.without.has(node) ? 0 : 1;
    work.push(...inOrder(components(region, rest)));
  }
  return null;
}

const inOrder = (found: number[][]): number[][] => found.sort((a, b) => a[0]! - b[0]!);

function judge(
  region: Region,
  nodes: readonly number[],
  threads: number,
): FairComponent | 'unfair' | { readonly without: ReadonlySet<number> } {
  const members = new Set(nodes);
  const inside: number[] = [];
  for (const node of nodes) {
    for (let e = region.first[node]!; e < region.first[node + 1]!; e++) {
      if (members.has(region.to[e]!)) inside.push(e);
    }
  }
  if (inside.length === 0) return 'unfair';
  const edges: number[] = [];
  const passes: number[] = [];
  for (let thread = 0; thread < threads; thread++) {
    const taking = inside.find((e) => region.thread[e] === thread && region.acquires[e] === 1);
    const able = nodes.filter((node) => inSet(region.acquirable, region, node, thread));
    if (able.length > 0 && taking === undefined) return { without: new Set(able) };
    const moving = taking ?? inside.find((e) => region.thread[e] === thread);
    const idle = nodes.find((node) => !inSet(region.enabled, region, node, thread));
    if (moving !== undefined && (able.length > 0 || idle === undefined)) edges.push(moving);
    else if (idle !== undefined) passes.push(idle);
    else return 'unfair';
  }
  if (edges.length === 0) edges.push(inside[0]!);
  return { nodes, edges, passes };
}
