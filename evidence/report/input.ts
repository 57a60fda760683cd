import type { Reason, Verdict } from '../../explorer/outcome.ts';
import type { Counterexample } from '../counterexample.ts';
import type { ReviewPage } from '../review/page.ts';
import type { ReportGraph } from './graph-page.ts';
import type { SourceLines } from './sources.ts';

/** Everything that a report shows. The same input gives the same bytes. */
export interface ReportInput {
  readonly tool: string;
  readonly protocol: string;
  /** What the protocol is, in a line. */
  readonly about: string;
  readonly results: readonly ReportedResult[];
  /** By name, what each judged property says of the kernel. */
  readonly claims: Readonly<Record<string, string>>;
  /** The lines of the patched source; null where nobody gave the patch. */
  readonly source: SourceLines | null;
  /** What the comments of the patches promise; null where none was given, or one without comments. */
  readonly review: ReviewPage | null;
  readonly graphs: readonly ReportGraph[];
  readonly seconds: number;
}

/** A verdict with the bounds that belong to it. */
export interface ReportedResult {
  readonly scenario: string;
  /** Of the scenario, as it stands in file names. */
  readonly slug: string;
  readonly property: string;
  readonly verdict: Verdict;
  readonly reason: Reason;
  readonly exercised: boolean;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly exhaustive: boolean;
  readonly reductions: readonly string[];
  /** With a bound on switches: all runs with at most that many were seen; -1 for none. Otherwise null. */
  readonly switches: number | null;
  /** With fingerprints: at most how likely it is that any two states were taken for one. Otherwise null. */
  readonly collisions: number | null;
  /** The bounds that were set; null or false where none was. */
  readonly bounds: Readonly<Record<string, string | number | boolean | null>>;
  readonly config: Readonly<Record<string, string | number | boolean>>;
  readonly threads: readonly { readonly id: string; readonly run: string }[];
  readonly counterexample: ReportedCounterexample | null;
}

export interface ReportedCounterexample {
  readonly told: Counterexample;
  /** The same as text, in the layout that was asked for. */
  readonly text: string;
}
