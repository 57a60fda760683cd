import type { Configuration } from '../program/configuration.ts';
import type { Program } from '../program/program.ts';
import type { Violations } from './violations.ts';

/** A stored state graph, level by level, as the passes after a search see it. States are numbered in order of insertion. */
export interface LevelGraph {
  readonly program: Program;
  /** Number of the first state of each level. */
  readonly levels: readonly number[];
  /** The number after the last state of a level. */
  readonly endOf: (level: number) => number;
  readonly configuration: (state: number) => Configuration;
  /** The number of the place at which a thread stands. */
  readonly placeOf: (state: number, thread: number) => number;
  /** Has every thread of the state ended or stopped? */
  readonly isFinal: (state: number) => boolean;
  /** Makes the successors of a state; gives how many. What follows speaks of them by number, until the next call. */
  readonly expandOne: (state: number) => number;
  /** The state that successor j is; -1 if it is not stored. */
  readonly successor: (j: number) => number;
  /** A quick test for the given states and a few others: of what fails it, none is one of them. */
  readonly filterOf: (states: readonly Int32Array[]) => (j: number) => boolean;
  /**
   * Of the states from `from` up to `to`, which are a level, at least those of which a successor passes the test for `states` or, if
   * asked, a step violates a check. Others may be left out.
   */
  readonly candidates: (
    from: number,
    to: number,
    states: readonly Int32Array[],
    violating: boolean,
  ) => Iterable<number>;
  /** Did the step that made successor j violate any check? */
  readonly violatesAny: (j: number) => boolean;
  /** Did the step that made successor j violate the check? */
  readonly violates: (j: number, check: number) => boolean;
  readonly threadOf: (j: number) => number;
  /** The same thread by its number in successor j, which may stand there under another name. */
  readonly threadAfter: (j: number) => number;
  readonly eventOf: (j: number) => number;
}

/** A graph that grows: what a back end gives to the search. */
export interface GrowingGraph extends LevelGraph {
  readonly levels: number[];
  /** States stored. */
  readonly count: number;
  /** Bytes in use, and at the worst moment of the next batch. */
  readonly bytes: number;
  readonly bytesAhead: number;
  /** The state that successor j is; it is stored if it was not. */
  readonly keep: (j: number) => number;
  /** One byte for each branch, 1 once it is taken; those of one thread are neighbours. */
  readonly coverage: Uint8Array;
  /** Nothing more will be visited: what the graph holds beside the states is given back. */
  readonly close?: () => void;
  /**
   * Stores the successors of the states from `from` up to `to`, which are one level, and pauses after each batch. Tells steps
   * that violate (under the length of a run that ends with them) and states without successors. It may be given up at a pause.
   */
  readonly visitLevel: (
    from: number,
    to: number,
    length: number,
    violations: Violations,
    stuck: (state: number) => void,
  ) => Generator<Visited, void, void>;
}

/** What one batch did. */
export interface Visited {
  /** States whose successors were made, and successors made. */
  readonly expanded: number;
  readonly successors: number;
}
