import { placeIn } from '../compile/layout.ts';
import type { Move, Run } from '../outcome.ts';
import type { PackedGraph, PackedStep } from './packed-graph.ts';
import { NEVER } from './rest.ts';
import { cheapestThread, fewestAfter, type Goal } from './shortest-run.ts';

/**
 * Reads a shortest run of the system as written off a graph of orbits. The least number of steps, and of switches, from a state to
 * the goal is that of every other state of its orbit, under the names that threads have there: so each state of the run is looked
 * up by the one that stands for its orbit, and steps are chosen, and ties broken, by the names in the run itself. The run is that
 * of the graph without symmetry.
 */
export function runThroughOrbits(graph: PackedGraph, goal: Goal): Run {
  const { layout, initial } = graph.compiled;
  const moves: Move[] = [];
  let now = initial;
  let previous = -1;
  let switches = 0;
  for (let level = 0; level < goal.length; level++) {
    const { number, threads } = graph.orbitOf(now);
    const kept = goal.rest[level]!.of(number);
    const rest = Uint16Array.from(threads, (t) => kept[t]!);
    const chosen = cheapestThread(rest, previous);
    const step = graph
      .stepsFrom(now)
      .find((s) => s.thread === chosen && restAfter(graph, goal, level, s) === rest[chosen]);
    if (!step) throw new Error(`no step of thread ${chosen} goes on at level ${level}`);
    const place = graph.program.threads[chosen]!.places[placeIn(layout, chosen, now, 0)]!;
    moves.push({ thread: chosen, event: place.events[step.event]!.name });
    if (previous >= 0 && chosen !== previous) switches++;
    previous = chosen;
    now = step.to;
  }
  return { moves, switches, shortest: true };
}

/** Fewest switches after a step; NEVER if it is not on a shortest run. */
function restAfter(
  graph: PackedGraph,
  goal: Goal,
  level: number,
  { thread, violates, to }: PackedStep,
): number {
  const { number, threads } = graph.orbitOf(to);
  if (goal.length === level + 1) {
    return (goal.check >= 0 && violates[goal.check]) || goal.targets.has(number) ? 0 : NEVER;
  }
  return fewestAfter(goal.rest[level + 1]!.of(number), threads[thread]!);
}
