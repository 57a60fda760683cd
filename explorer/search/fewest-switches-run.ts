import type { Move, Run } from '../outcome.ts';
import type { BySwitches } from './by-switches.ts';
import { atMost, type Cost } from './fewest-switches.ts';
import type { GrowingGraph } from './level-graph.ts';
import { eventName } from './shortest-run.ts';
import type { Nodes, Rounds } from './switch-rounds.ts';

/** Nodes on the best runs to one violation, by switches and steps of the way to them; the nodes of one cost ascend. */
interface Goal {
  readonly check: number;
  readonly cost: Cost;
  readonly deadlock: boolean;
  readonly marked: Int32Array[][];
}

const nowhere = new Int32Array(0);

/**
 * Finds for each violated check the run with the fewest switches, among those the shortest, ties by thread number and then by the
 * order of events. The nodes visited are expanded again backwards from the violating steps: only steps that cost what they must
 * are followed, so that every way to the goal is a best one. No parent is kept.
 */
export class FewestSwitchesRuns {
  private readonly graph: GrowingGraph;
  private readonly nodes: Nodes;
  private readonly rounds: Rounds;
  private readonly search: BySwitches;

  constructor(search: BySwitches) {
    this.search = search;
    this.graph = search.graph;
    this.nodes = search.nodes;
    this.rounds = search.rounds;
  }

  /** By check number. `seen`: were all runs of that cost seen? The run found need not be the best otherwise. */
  find(seen: (cost: Cost) => boolean): Map<number, Run> {
    const goals = this.search.violations.costs.flatMap((cost, check): Goal[] => {
      if (!cost) return [];
      const { deadlock } = this.graph.program.checks[check]!.declared;
      return [{ check, cost, deadlock: deadlock !== null, marked: [] }];
    });
    const farthest = goals.reduce<Cost>((most, { cost }) => (atMost(cost, most) ? most : cost), {
      switches: 0,
      steps: 0,
    });
    for (let switches = Math.min(farthest.switches, this.rounds.length - 1); switches >= 0; switches--) {
      const round = this.rounds[switches]!;
      for (let steps = round.length - 1; steps >= 0; steps--) this.markBucket(goals, { switches, steps });
    }
    return new Map(goals.map((goal) => [goal.check, { ...this.walk(goal), shortest: seen(goal.cost) }]));
  }

  /** Marks the nodes of one cost that are on best runs. */
  private markBucket(goals: readonly Goal[], cost: Cost): void {
    const bucket = this.rounds[cost.switches]![cost.steps];
    if (!bucket) return;
    const open = goals.filter((goal) => atMost(cost, goal.cost) && this.isNear(goal, cost));
    if (open.length === 0) return;
    const found = open.map((): number[] => []);
    const near = open.flatMap(({ marked }) => this.behind(marked, cost));
    // Most successors lead to no goal: a filter spares looking them up.
    const mayBeNear = this.graph.filterOf(near.map((nodes) => nodes.map((node) => this.nodes.stateOf(node))));
    for (const node of bucket) {
      open.forEach((goal, g) => {
        if (this.isStuck(goal, node, cost)) found[g]!.push(node);
      });
      const count = this.graph.expandOne(this.nodes.stateOf(node));
      for (let j = 0; j < count; j++) {
        const to = mayBeNear(j) ? this.graph.successor(j) : -1;
        if (to < 0 && !this.graph.violatesAny(j)) continue;
        open.forEach((goal, g) => {
          if (found[g]!.at(-1) !== node && this.leads(goal, node, cost, j, to)) found[g]!.push(node);
        });
      }
    }
    open.forEach(({ marked }, g) => {
      const round = marked[cost.switches] ?? [];
      marked[cost.switches] = round;
      round[cost.steps] = Int32Array.from(found[g]!);
    });
  }

  /** Can a node of this cost be on a best run: is the goal, or a marked node, one step away? */
  private isNear({ cost: end, marked }: Goal, { switches, steps }: Cost): boolean {
    const one = end.steps - steps;
    if (end.switches === switches && one === 0) return true;
    if (one === 1 && (end.switches === switches || end.switches === switches + 1)) return true;
    return this.behind(marked, { switches, steps }).length > 0;
  }

  /** Marked nodes that may be one step away from a node of this cost. */
  private behind(marked: Goal['marked'], { switches, steps }: Cost): Int32Array[] {
    return [switches, switches + 1].flatMap((k) => {
      const nodes = marked[k]?.[steps + 1];
      return nodes && nodes.length > 0 ? [nodes] : [];
    });
  }

  private isStuck({ check, cost: end, deadlock }: Goal, node: number, { switches, steps }: Cost): boolean {
    if (!deadlock || end.switches !== switches || end.steps !== steps) return false;
    const state = this.nodes.stateOf(node);
    if (this.graph.isFinal(state) || this.graph.expandOne(state) > 0) return false;
    return this.search.deadlocks.judge(this.graph.configuration(state)).checks.includes(check);
  }

  /** Is step j, which leads to state `to` (-1: to none on the way), of a node with this cost on a best run? */
  private leads(
    { check, cost: end, marked }: Goal,
    node: number,
    { switches, steps }: Cost,
    j: number,
    to: number,
  ): boolean {
    const thread = this.graph.threadOf(j);
    const after = switches + this.nodes.switch(this.nodes.lastOf(node), thread);
    if (after === end.switches && steps + 1 === end.steps && this.graph.violates(j, check)) return true;
    return to >= 0 && includes(marked[after]?.[steps + 1] ?? nowhere, this.nodes.of(to, thread));
  }

  private walk(goal: Goal): Run {
    const { graph, nodes } = this;
    const moves: Move[] = [];
    let node = nodes.start;
    let switches = 0;
    while (moves.length < goal.cost.steps) {
      const state = nodes.stateOf(node);
      const count = graph.expandOne(state);
      const cost = { switches, steps: moves.length };
      let j = 0;
      while (j < count && !this.leads(goal, node, cost, j, graph.successor(j))) j++;
      if (j === count)
        throw new Error(`no step leads on from ${moves.length} steps and ${switches} switches`);
      const thread = graph.threadOf(j);
      switches += nodes.switch(nodes.lastOf(node), thread);
      const to = graph.successor(j);
      moves.push({ thread, event: eventName(graph, state, thread, graph.eventOf(j)) });
      // Behind a violating last step nothing need be stored.
      if (to >= 0) node = nodes.of(to, thread);
    }
    return { moves, switches, shortest: true };
  }
}

/** Is the number in the ascending list? */
function includes(list: Int32Array, wanted: number): boolean {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return list[low] === wanted;
}
