import type { System } from '../../model/language/system.ts';
import { compile } from '../compile/compile.ts';
import { placeIn, unpack } from '../compile/layout.ts';
import type { Run } from '../outcome.ts';
import { readSystem } from '../program/program.ts';
import { PackedGraph } from '../search/packed-graph.ts';
import type { Graph, GraphEdge, GraphNode } from './graph.ts';
import { inRows } from './quotient.ts';
import { Telling } from './telling.ts';

/** What a neighbourhood is made of. */
export interface NeighbourhoodRequest {
  /** The check that the run violates, and the run. */
  readonly check: string;
  readonly run: Pick<Run, 'moves'>;
  /** How many steps away from the run one may go. */
  readonly steps: number;
  /** Most states; what lies beyond is left out, and `reason` of the graph is then `max-states`. Default: 100,000. */
  readonly mostStates?: number;
  /** Names of the variables that make up the shape. Default: what the system says. */
  readonly shape?: readonly string[];
}

interface Found {
  readonly number: number;
  readonly state: Int32Array;
  readonly depth: number;
  readonly away: number;
  readonly onRun: number | null;
}

const MOST_STATES = 100_000;

/**
 * What else could have happened: the states of a run, and all that are at most so many steps away from one of them. The depth of a
 * state is the length of the way by which it was met: along the run, then away from it. Throws a RangeError if the system
 * cannot take the run.
 */
export function neighbourhoodOf(system: System, request: NeighbourhoodRequest): Graph {
  const program = readSystem(system);
  const graph = new PackedGraph(compile(program));
  const telling = new Telling(program, request.shape);
  const most = request.mostStates ?? MOST_STATES;
  const { layout } = graph.compiled;
  const numbers = new Map<string, number>();
  const found: Found[] = [];
  const meet = (state: Int32Array, depth: number, away: number, onRun: number | null): number => {
    const key = state.join(' ');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    if (found.length >= most) return -1;
    numbers.set(key, found.length);
    return found.push({ number: found.length, state, depth, away, onRun }) - 1;
  };

  // Which move of the run leaves a node; a lasso may leave one twice.
  const taken = new Map<string, number>();
  let now = graph.compiled.initial;
  meet(now, 0, 0, 0);
  for (const [n, { thread, event }] of request.run.moves.entries()) {
    const place = program.threads[thread]?.places[placeIn(layout, thread, now, 0)];
    const number = place?.events.findIndex((e) => e.name === event) ?? -1;
    const step = graph.stepsFrom(now).find((s) => s.thread === thread && s.event === number);
    if (!step) throw new RangeError(`step ${n + 1} of the run cannot be taken`);
    const key = `${meet(now, n, 0, n)} ${thread} ${number}`;
    if (!taken.has(key)) taken.set(key, n + 1);
    now = step.to;
    meet(now, n + 1, 0, n + 1);
  }

  let cut = false;
  const edges: GraphEdge[] = [];
  const nodes: { -readonly [K in keyof GraphNode]: GraphNode[K] }[] = [];
  for (const { number, state, depth, away, onRun } of found) {
    const steps = graph.stepsFrom(state);
    let open = false;
    for (const { thread, event, violates, to } of steps) {
      const inReach = away < request.steps;
      const target = inReach ? meet(to, depth + 1, away + 1, null) : (numbers.get(to.join(' ')) ?? -1);
      open ||= target < 0;
      cut ||= inReach && target < 0;
      if (target < 0) continue;
      const told = telling.step(
        thread,
        placeIn(layout, thread, state, 0),
        event,
        (c) => violates[c] === true,
      );
      const step = taken.get(`${number} ${thread} ${event}`) ?? null;
      edges.push({ from: number, to: target, ...told, steps: 1, onRun: step });
    }
    const shown = telling.state(unpack(program, layout, state, 0), steps.length);
    nodes.push({ number, depth, row: 0, width: 0, ...shown, open, states: 1, inside: 0, onRun });
  }
  inRows(nodes);
  return {
    name: system.name,
    by: 'state',
    order: nodes.length,
    states: nodes.length,
    reason: cut ? 'max-states' : null,
    around: request.check,
    nodes: () => nodes,
    edges: () => edges,
  };
}
