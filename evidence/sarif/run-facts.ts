import type { Reason, Verdict } from '../../explorer/outcome.ts';
import type { Trace } from '../../explorer/trace/trace.ts';

/** What was judged, and where it comes from. */
export interface Rule {
  readonly name: string;
  readonly claim: string;
  readonly source: { readonly line: number | null; readonly text: string };
}

/** The verdict on a rule in one scenario, with its runs. */
export interface Judgement {
  readonly scenario: string;
  readonly property: string;
  readonly verdict: Verdict;
  readonly reason: Reason;
  readonly exercised: boolean;
  readonly exhaustive: boolean;
  readonly states: number;
  readonly threads: readonly { readonly id: string; readonly run: string }[];
  readonly trace: Trace | null;
  /** A complete run that exercises the rule and does not break it, as near to the violating one as one was found. */
  readonly contrast: Trace | null;
  /** The violation is a matter of the whole run, not of the past of one step. */
  readonly whole: boolean;
  /** What stays the same from run to run and from name to name: the scenario without its name. */
  readonly identity: string;
}

/** All that a log says. */
export interface RunFacts {
  readonly version: string;
  readonly protocol: string;
  readonly rules: readonly Rule[];
  readonly judgements: readonly Judgement[];
}
