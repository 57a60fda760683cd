import type { Reason } from '../outcome.ts';

/** What a node of a graph stands for: one state, or a class of states that a quotient does not tell apart. */
export interface GraphNode {
  /** From 0, in the order in which nodes are listed; 0 is where every run starts. */
  readonly number: number;
  /** Steps of a shortest run that leads here; in a class, to its nearest state. */
  readonly depth: number;
  /** Number among the nodes of the same depth, from 0, and how many these are. */
  readonly row: number;
  readonly width: number;
  /** Where the threads stand, or what else the states of a class have in common. */
  readonly label: string;
  /** The values of the variables that make up the shape; in a class, of its first state. */
  readonly shape: string;
  /** Every thread has ended or stopped. In a class this and what follows is true of it if it is of any of its states. */
  readonly final: boolean;
  /** No step is possible, and some thread waits for something that no stopped thread holds. */
  readonly deadlock: boolean;
  /** Not all of its steps are shown: a bound ended the search. */
  readonly open: boolean;
  /** Names of the checks that the state itself violates; of a class also those that a step violates which stays inside and is not shown. */
  readonly violates: readonly string[];
  /** How many states it stands for, and how many steps between these are not shown. */
  readonly states: number;
  readonly inside: number;
  /** On the run that the graph was made around: after which of its steps. Null elsewhere. */
  readonly onRun: number | null;
}

/** A step; in a quotient, all steps of one thread from one place that lead from one class to another. */
export interface GraphEdge {
  /** Numbers of nodes. */
  readonly from: number;
  readonly to: number;
  readonly thread: string;
  readonly event: string;
  /** The place that the step leaves. */
  readonly step: string;
  readonly says: string;
  readonly function: string;
  readonly file: string;
  readonly line: number;
  /** Names of the checks that the step violates. */
  readonly violates: readonly string[];
  /** How many steps it stands for. */
  readonly steps: number;
  /** The number of the step in the run that the graph was made around; null elsewhere. */
  readonly onRun: number | null;
}

/** How states are put together. */
export const QUOTIENTS = ['places', 'shape', 'scc', 'bisimulation'] as const;
export type Quotient = (typeof QUOTIENTS)[number];

/**
 * A graph to be shown. Nodes and edges are made while they are listed, always in the same order, so that a graph of any size
 * can be written without being held.
 */
export interface Graph {
  /** The name of the system. */
  readonly name: string;
  /** What a node stands for. */
  readonly by: 'state' | Quotient;
  /** Number of nodes. */
  readonly order: number;
  /** States explored, and why not more; null if these are all. */
  readonly states: number;
  readonly reason: Reason;
  /** The check whose run the graph was made around. */
  readonly around: string | null;
  readonly nodes: () => Iterable<GraphNode>;
  readonly edges: () => Iterable<GraphEdge>;
}
