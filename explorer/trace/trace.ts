import type { Reason } from '../outcome.ts';

/** A run, told in full: every step with what it touched. The one object behind every face of a counterexample. */
export interface Trace {
  /** The state before the first step. */
  readonly initial: TraceState;
  readonly steps: readonly TraceStep[];
  readonly switches: number;
  readonly shortest: boolean;
  /** The run goes round for ever: after its last step it is again where it was after this many steps. Null if it ends. */
  readonly loop: number | null;
  readonly violation: TraceViolation | null;
  /** Whether all its hand-overs are needed; not there where nobody asked. */
  readonly handOvers?: HandOvers;
}

/** The answer of a search for violating runs of any length with one hand-over fewer. */
export interface HandOvers {
  /** True: there is none. False: there is one. Null: it was not decided. */
  readonly needed: boolean | null;
  /** The most hand-overs of the runs that were searched; -1 where none was searched, because there is none to spare. */
  readonly searched: number;
  /** Of the run that needs fewer, one with the fewest; null if none is known. */
  readonly fewest: { readonly switches: number; readonly steps: number } | null;
  readonly states: number;
  /** What kept it from being decided; null if nothing did. */
  readonly reason: Reason;
}

export interface TraceStep {
  /** Counted from 1. */
  readonly n: number;
  readonly thread: string;
  /** The place that the step leaves. */
  readonly step: string;
  readonly event: string;
  readonly says: string;
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly source: string;
  readonly comment: number | null;
  /** Locations such as `slot[A:0]`, in order of access, each once; ghosts are left out. What a warning of the kernel reads counts. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly acquires: readonly string[];
  readonly releases: readonly string[];
  /** Value changes of shared variables; a store of the same value is listed with before equal to after. */
  readonly changes: readonly { readonly location: string; readonly before: string; readonly after: string }[];
  /** Locals of the thread that changed. */
  readonly locals: readonly { readonly name: string; readonly before: string; readonly after: string }[];
  /** The complete state after the step: shared locations and, per thread, its place and locals. */
  readonly state: TraceState;
}

export interface TraceState {
  readonly shared: Readonly<Record<string, string>>;
  readonly threads: Readonly<
    Record<string, { readonly at: string; readonly locals: Readonly<Record<string, string>> }>
  >;
}

export interface TraceViolation {
  /** Number of the step that violates; 0 for the initial state. */
  readonly step: number;
  readonly needed: string;
  readonly found: string;
  /** There, and true, where no thread can go on. */
  readonly deadlock?: true;
}
