import type { Effect } from '../../model/language/effect.ts';
import type { Program } from '../program/program.ts';
import type { Edges } from './components.ts';
import { GrowingWords } from './growing-words.ts';
import type { LevelGraph } from './level-graph.ts';
import { WaitingRelation } from './waiting.ts';

/** The part of a state graph in which one thread stays at places with a tag, with what fairness asks about it. */
export interface Region extends Edges {
  /** Numbers of the states, ascending; a node is an index into this list. */
  readonly states: Int32Array;
  /** By edge. */
  readonly thread: Int32Array;
  readonly event: Int32Array;
  /** By edge: the step acquires a lock. */
  readonly acquires: Int32Array;
  /** By node: threads with an enabled step, in the whole graph; bit t of word t / 32. */
  readonly enabled: Int32Array;
  /** By node: threads with an enabled step that acquires a lock. */
  readonly acquirable: Int32Array;
  /** Words of a set of threads. */
  readonly width: number;
}

const acquiresIn = (effects: readonly Effect[]): boolean =>
  effects.some((e) => {
    if (e.k === 'if') return acquiresIn(e.then) || acquiresIn(e.otherwise);
    return e.k === 'set' && e.lock === 'acquire';
  });

/** By thread, place and event: does some branch acquire a lock? */
const acquiringEvents = (program: Program): boolean[][][] =>
  program.threads.map((t) =>
    t.places.map((p) => p.events.map((e) => e.branches.some((b) => acquiresIn(b.effects)))),
  );

/** Which part: the states up to number `count` in which the thread is at a place with the tag. */
export interface RegionRequest {
  readonly thread: number;
  readonly tag: string;
  readonly count: number;
  /** By thread the places on cycles of its machine: other steps are on no cycle and are left out. */
  readonly cyclic: readonly ReadonlySet<number>[];
}

/** The states of a region, without those in which the thread waits for ever for what a stopped thread holds. */
function statesOf(graph: LevelGraph, { thread, tag, count }: RegionRequest): Int32Array {
  const { threads } = graph.program;
  const tagged = threads[thread]!.places.map((p) => p.tags.has(tag));
  const relation = new WaitingRelation(graph.program);
  const stopped = (state: number): boolean =>
    threads.some((t) => t.places[graph.placeOf(state, t.number)]!.final === 'stopped');
  const excused = (state: number): boolean => {
    const n = graph.expandOne(state);
    for (let j = 0; j < n; j++) if (graph.threadOf(j) === thread) return false;
    const now = graph.configuration(state);
    return relation.excused(thread, relation.waiting(now), now);
  };
  const states = new GrowingWords();
  for (let state = 0; state < count; state++) {
    if (!tagged[graph.placeOf(state, thread)]) continue;
    if (!stopped(state) || !excused(state)) states.push(state);
  }
  return states.finished();
}

/** Collects the region of a thread from the states stored. */
export function regionOf(graph: LevelGraph, request: RegionRequest): Region {
  const { program } = graph;
  const acquiring = acquiringEvents(program);
  const states = statesOf(graph, request);
  const nodeOf = new Int32Array(request.count).fill(-1);
  states.forEach((state, node) => {
    nodeOf[state] = node;
  });
  const width = Math.ceil(program.threads.length / 32);
  const enabled = new Int32Array(states.length * width);
  const acquirable = new Int32Array(states.length * width);
  const first = new Int32Array(states.length + 1);
  const [to, thread, event, acquires] = [0, 1, 2, 3].map(() => new GrowingWords()) as [
    GrowingWords,
    GrowingWords,
    GrowingWords,
    GrowingWords,
  ];
  states.forEach((state, node) => {
    first[node] = to.length;
    const n = graph.expandOne(state);
    for (let j = 0; j < n; j++) {
      const mover = graph.threadOf(j);
      const place = graph.placeOf(state, mover);
      const takes = acquiring[mover]![place]![graph.eventOf(j)]!;
      const word = node * width + (mover >>> 5);
      enabled[word]! |= 1 << (mover & 31);
      if (takes) acquirable[word]! |= 1 << (mover & 31);
      if (!request.cyclic[mover]!.has(place)) continue;
      const target = graph.successor(j);
      if (target < 0 || target >= request.count || nodeOf[target]! < 0) continue;
      to.push(nodeOf[target]!);
      thread.push(mover);
      event.push(graph.eventOf(j));
      acquires.push(Number(takes));
    }
  });
  first[states.length] = to.length;
  return {
    states,
    first,
    to: to.finished(),
    thread: thread.finished(),
    event: event.finished(),
    acquires: acquires.finished(),
    enabled,
    acquirable,
    width,
  };
}

/** Is the thread in the set of the node? */
export const inSet = (set: Int32Array, { width }: Region, node: number, thread: number): boolean =>
  ((set[node * width + (thread >>> 5)]! >>> (thread & 31)) & 1) === 1;
