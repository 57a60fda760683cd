import type { Trace } from '../explorer/trace/trace.ts';

/** A trace with what a reader must know to place it. */
export interface Counterexample {
  readonly property: string;
  readonly protocol: string;
  readonly scenario: string;
  /** The threads of the scenario and what each runs. */
  readonly threads: readonly { readonly id: string; readonly run: string }[];
  readonly trace: Trace;
  /** Show every step: the violation is a matter of the whole run, not of the past of one step. */
  readonly whole: boolean;
  /** The trace was read from a file and replayed: what only a search can know is the word of the file. */
  readonly fromFile?: boolean;
  /** The words of the command that shows the trace again. */
  readonly command: readonly string[];
}
