import type { Move, Run } from '../outcome.ts';
import type { DeadlockJudge } from './deadlock.ts';
import type { LevelGraph } from './level-graph.ts';

const NEVER = 0x7fff_ffff;

/** For a state on a shortest run and each thread: the fewest switches to the end if that thread takes the next step. */
type Rest = Map<number, Int32Array>;

interface Goal {
  /** -1: only the states count. */
  readonly check: number;
  readonly length: number;
  /** By level; a level without an entry is not reached yet. */
  readonly rest: Rest[];
  /** States at the last level that end the run by themselves. */
  readonly targets: ReadonlySet<number>;
}

/**
 * Finds for each violated check the shortest run that violates it, among those the one with the fewest switches, ties by
 * thread number and then by the order of events. The levels are expanded again backwards from the violating steps, which
 * needs no parent pointers and makes the run a function of the graph, not of the order in which it was searched.
 */
export function shortestRuns(
  graph: LevelGraph,
  lengths: ArrayLike<number>,
  deadlocks: DeadlockJudge,
): Map<number, Run> {
  const goals: Goal[] = [];
  for (let check = 0; check < lengths.length; check++) {
    const length = lengths[check]!;
    if (length >= 0)
      goals.push({ check, length, rest: [], targets: stuckStates(graph, check, length, deadlocks) });
  }
  expandBackwards(graph, goals);
  return new Map(goals.map((goal) => [goal.check, walkForward(graph, goal)]));
}

/** The shortest run to a state, by the same rules. */
export function shortestRunTo(graph: LevelGraph, state: number): Run {
  const length = graph.levels.findLastIndex((first) => first <= state);
  const goal: Goal = { check: -1, length, rest: [], targets: new Set([state]) };
  expandBackwards(graph, [goal]);
  return walkForward(graph, goal);
}

function expandBackwards(graph: LevelGraph, goals: readonly Goal[]): void {
  const longest = Math.max(0, ...goals.map((g) => g.length));
  for (let level = longest - 1; level >= 0; level--) {
    expandLevel(
      graph,
      level,
      goals.filter((g) => g.length > level),
    );
  }
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

/** Fewest switches after step j (by `thread`, from a state at `level`) until the goal; NEVER if it is not on the way. */
function restAfter(graph: LevelGraph, goal: Goal, level: number, j: number, to: number): number {
  if (goal.length === level + 1) {
    return (goal.check >= 0 && graph.violates(j, goal.check)) || goal.targets.has(to) ? 0 : NEVER;
  }
  const rest = goal.rest[level + 1]!.get(to);
  if (!rest) return NEVER;
  const thread = graph.threadOf(j);
  return rest.reduce(
    (least, r, t) => (r === NEVER ? least : Math.min(least, r + (t === thread ? 0 : 1))),
    NEVER,
  );
}

function expandLevel(graph: LevelGraph, level: number, goals: readonly Goal[]): void {
  const threads = graph.program.threads.length;
  const needsStates = goals.some((g) => g.length > level + 1 || g.targets.size > 0);
  for (const goal of goals) goal.rest[level] = new Map();
  for (let state = graph.levels[level]!; state < graph.endOf(level); state++) {
    const n = graph.expandOne(state);
    for (let j = 0; j < n; j++) {
      const to = needsStates ? graph.successor(j) : -1;
      for (const goal of goals) {
        const after = restAfter(graph, goal, level, j, to);
        if (after === NEVER) continue;
        const rest = goal.rest[level]!.get(state) ?? new Int32Array(threads).fill(NEVER);
        const thread = graph.threadOf(j);
        rest[thread] = Math.min(rest[thread]!, after);
        goal.rest[level]!.set(state, rest);
      }
    }
  }
}

function walkForward(graph: LevelGraph, goal: Goal): Run {
  const moves: Move[] = [];
  let state = 0;
  let previous = -1;
  let switches = 0;
  for (let level = 0; level < goal.length; level++) {
    const rest = goal.rest[level]!.get(state)!;
    let chosen = -1;
    let least = NEVER;
    rest.forEach((r, thread) => {
      if (r === NEVER) return;
      const cost = r + (previous >= 0 && thread !== previous ? 1 : 0);
      if (cost < least) {
        least = cost;
        chosen = thread;
      }
    });
    const n = graph.expandOne(state);
    for (let j = 0; j < n; j++) {
      if (graph.threadOf(j) !== chosen) continue;
      const to = graph.successor(j);
      if (restAfter(graph, goal, level, j, to) !== rest[chosen]) continue;
      moves.push({ thread: chosen, event: eventName(graph, state, chosen, graph.eventOf(j)) });
      if (previous >= 0 && chosen !== previous) switches++;
      state = to;
      break;
    }
    previous = chosen;
  }
  return { moves, switches, shortest: true };
}

/** The name of an event of the place at which a thread stands. */
export function eventName(graph: LevelGraph, state: number, thread: number, event: number): string {
  const place = graph.placeOf(state, thread);
  return graph.program.threads[thread]!.places[place]!.events[event]!.name;
}
