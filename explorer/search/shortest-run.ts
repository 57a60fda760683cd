import type { Move, Run } from '../outcome.ts';
import type { DeadlockJudge } from './deadlock.ts';
import type { LevelGraph } from './level-graph.ts';
import { ifMemoryAllows } from './out-of-memory.ts';
import { DenseRest, NEVER, type Rest } from './rest.ts';

/** A violation, or a state, to which a run is wanted, and how it is reached from each state of the levels before. */
export interface Goal {
  /** -1: only the states count. */
  readonly check: number;
  readonly length: number;
  /** States at the last level that end the run by themselves. */
  readonly targets: ReadonlySet<number>;
  /** By level before the last. */
  readonly rest: Rest[];
  /** Of the level worked out last. */
  dense: DenseRest;
}

function goalOf(graph: LevelGraph, check: number, length: number, targets: ReadonlySet<number>): Goal {
  const dense = new DenseRest(
    graph.levels[length] ?? 0,
    targets.size > 0 ? graph.endOf(length) : (graph.levels[length] ?? 0),
    graph.program.threads.length,
  );
  for (const state of targets) dense.finish(state);
  return { check, length, targets, rest: [], dense };
}

/**
 * Finds for each violated check the shortest run that violates it, among those the one with the fewest switches, ties by
 * thread number and then by the order of events. The levels are expanded again backwards from the violating steps, which
 * needs no parent pointers and makes the run a function of the graph, not of the order in which it was searched. `together`: so many
 * at once, as far as memory allows; a check for which it does not allow any gets no run. `walk`: how the run is read off.
 */
export function shortestRuns<G extends LevelGraph>(
  graph: G,
  lengths: ArrayLike<number>,
  deadlocks: DeadlockJudge,
  together = lengths.length,
  walk: (graph: G, goal: Goal) => Run = walkForward,
): Map<number, Run> {
  const checks = [...Array(lengths.length).keys()].filter((check) => lengths[check]! >= 0);
  const runs = new Map<number, Run>();
  for (let n = 0; n < checks.length; n += together) {
    const some = checks.slice(n, n + together);
    for (const [check, run] of ifMemoryAllows(() => runsTo(graph, some, lengths, deadlocks, walk)) ?? [])
      runs.set(check, run);
  }
  return runs;
}

function runsTo<G extends LevelGraph>(
  graph: G,
  checks: readonly number[],
  lengths: ArrayLike<number>,
  deadlocks: DeadlockJudge,
  walk: (graph: G, goal: Goal) => Run,
): Map<number, Run> {
  const goals = checks.map((check) =>
    goalOf(graph, check, lengths[check]!, stuckStates(graph, check, lengths[check]!, deadlocks)),
  );
  expandBackwards(graph, goals);
  return new Map(goals.map((goal) => [goal.check, walk(graph, goal)]));
}

/** The shortest run to a state, by the same rules. */
export function shortestRunTo(graph: LevelGraph, state: number): Run {
  const length = graph.levels.findLastIndex((first) => first <= state);
  const goal = goalOf(graph, -1, length, new Set([state]));
  expandBackwards(graph, [goal]);
  return walkForward(graph, goal);
}

function stuckStates(
  graph: LevelGraph,
  check: number,
  length: number,
  deadlocks: DeadlockJudge,
): ReadonlySet<number> {
  const found = new Set<number>();
  if (graph.program.checks[check]!.declared.deadlock === null) return found;
  for (let state = graph.levels[length]!; state < graph.endOf(length); state++) {
    if (graph.isFinal(state) || graph.expandOne(state) > 0) continue;
    if (deadlocks.judge(graph.configuration(state)).checks.includes(check)) found.add(state);
  }
  return found;
}

function expandBackwards(graph: LevelGraph, goals: readonly Goal[]): void {
  const longest = Math.max(0, ...goals.map((g) => g.length));
  for (let level = longest - 1; level >= 0; level--) {
    const open = goals.filter((g) => g.length > level);
    expandLevel(graph, level, open);
  }
}

function expandLevel(graph: LevelGraph, level: number, goals: readonly Goal[]): void {
  const [first, end] = [graph.levels[level]!, graph.endOf(level)];
  const last = goals.some((g) => g.length === level + 1);
  // Most successors lead to no goal: a filter spares looking them up.
  const members = goals.map((g) => g.dense.members());
  const mayBeNear = graph.filterOf(members);
  const here = goals.map(() => new DenseRest(first, end, graph.program.threads.length));
  for (const state of graph.candidates(first, end, members, last)) {
    const n = graph.expandOne(state);
    for (let j = 0; j < n; j++) {
      const to = mayBeNear(j) ? graph.successor(j) : -1;
      if (to < end && !(last && graph.violatesAny(j))) continue;
      const thread = graph.threadOf(j);
      for (let g = 0; g < goals.length; g++) {
        const after = restAfter(graph, goals[g]!, level, j, to);
        if (after !== NEVER) here[g]!.improve(state, thread, after);
      }
    }
  }
  goals.forEach((goal, g) => {
    goal.dense = here[g]!;
    goal.rest[level] = here[g]!.kept();
  });
}

/** Fewest switches after step j of a state at `level` until the goal; NEVER if it is not on a shortest run. */
function restAfter(graph: LevelGraph, goal: Goal, level: number, j: number, to: number): number {
  const violates = goal.length === level + 1 && goal.check >= 0 && graph.violates(j, goal.check);
  return violates ? 0 : goal.dense.after(to, graph.threadAfter(j));
}

function walkForward(graph: LevelGraph, goal: Goal): Run {
  const moves: Move[] = [];
  let state = 0;
  let previous = -1;
  let switches = 0;
  for (let level = 0; level < goal.length; level++) {
    const rest = goal.rest[level]!.of(state);
    const chosen = cheapestThread(rest, previous);
    const n = graph.expandOne(state);
    let j = 0;
    while (j < n && !(graph.threadOf(j) === chosen && restFrom(graph, goal, level, j) === rest[chosen])) j++;
    if (j === n) throw new Error(`no step of thread ${chosen} goes on at level ${level}`);
    const next = graph.successor(j);
    moves.push({ thread: chosen, event: eventName(graph, state, chosen, graph.eventOf(j)) });
    if (previous >= 0 && chosen !== previous) switches++;
    previous = graph.threadAfter(j);
    state = next;
  }
  return { moves, switches, shortest: true };
}

/** The least thread number among those with the fewest switches. */
export function cheapestThread(rest: Uint16Array, previous: number): number {
  let chosen = -1;
  let least = NEVER;
  rest.forEach((switches, thread) => {
    const cost = switches === NEVER ? NEVER : switches + Number(previous >= 0 && thread !== previous);
    if (cost >= least) return;
    least = cost;
    chosen = thread;
  });
  return chosen;
}

/** As restAfter, from what was kept. */
function restFrom(graph: LevelGraph, goal: Goal, level: number, j: number): number {
  const to = graph.successor(j);
  if (goal.length === level + 1) {
    return (goal.check >= 0 && graph.violates(j, goal.check)) || goal.targets.has(to) ? 0 : NEVER;
  }
  return fewestAfter(goal.rest[level + 1]!.of(to), graph.threadAfter(j));
}

/** Fewest switches that are left after a step of this thread, by what is left for each thread that goes on. */
export function fewestAfter(rest: Uint16Array, thread: number): number {
  let least = NEVER;
  rest.forEach((switches, t) => {
    if (switches !== NEVER) least = Math.min(least, switches + Number(t !== thread));
  });
  return least;
}

/** The name of an event of the place at which a thread stands. */
export function eventName(graph: LevelGraph, state: number, thread: number, event: number): string {
  const place = graph.placeOf(state, thread);
  return graph.program.threads[thread]!.places[place]!.events[event]!.name;
}
