import type { GrowingGraph, Visited } from './level-graph.ts';
import type { Violations } from './violations.ts';

/** States whose successors are made before any of them is stored, and after which a search looks at its bounds. */
export const BATCH = 256;

/** A graph that visits some states of a level at a time. */
interface VisitsBatches {
  /** Gives the number of successors. */
  readonly visit: (
    from: number,
    to: number,
    length: number,
    violations: Violations,
    stuck: (state: number) => void,
  ) => number;
}

/** Visits a level batch by batch. */
export function* inBatches(
  graph: VisitsBatches,
  ...[from, to, length, violations, stuck]: Parameters<GrowingGraph['visitLevel']>
): Generator<Visited, void, void> {
  for (let at = from; at < to; at += BATCH) {
    const end = Math.min(at + BATCH, to);
    yield { expanded: end - at, successors: graph.visit(at, end, length, violations, stuck) };
  }
}

/** The numbers from `from` up to `to`. */
export function* numbers(from: number, to: number): Generator<number, void, void> {
  for (let n = from; n < to; n++) yield n;
}
