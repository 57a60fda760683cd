import type { Options } from '../explorer/options.ts';
import type { Course, Outcome, Reason, Sample, Verdict } from '../explorer/outcome.ts';
import type { Trace } from '../explorer/trace/trace.ts';
import type { Configuration, Scenario, ThreadOfScenario } from '../model/scenarios/scenario.ts';
import { type CoverageReport, coverageReport, type ScenarioCoverage } from './coverage/coverage.ts';
import { threadIds } from './start.ts';

/** The verdict on one property in one scenario. */
export interface PropertyResult {
  readonly scenario: string;
  readonly property: string;
  readonly verdict: Verdict;
  /** Why the search ended before it had seen everything; null if it did not. */
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
  /** Of random walks: what they covered; `states` is then an estimate, `transitions` the steps taken. Otherwise null. */
  readonly sample: Sample | null;
  readonly config: Configuration;
  readonly bounds: Bounds;
  readonly threads: readonly ResolvedThread[];
  /** The violating run; null unless the verdict is violated. */
  readonly trace: Trace | null;
}

/** The bounds that the user set; null where none was set, whatever the machine would allow. */
export interface Bounds {
  readonly maxStates: number | null;
  readonly maxDepth: number | null;
  readonly maxSwitches: number | null;
  readonly memory: number | null;
  readonly timeout: number | null;
  readonly reduce: 'all' | 'none';
  readonly first: boolean;
  readonly fingerprints: boolean;
  readonly sample: number | null;
  readonly seed: number | null;
}

/** A thread of the scenario with the name by which traces call it. */
export interface ResolvedThread extends ThreadOfScenario {
  readonly id: string;
}

/** What the search of one scenario gave: a result for each property, and what may differ from run to run. */
export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly results: readonly PropertyResult[];
  /** Properties whose trace must be shown whole: the violation is not the doing of its last step alone. */
  readonly whole: readonly string[];
  /** How the search had come along, if it was cut. */
  readonly course: Course | null;
  /** What the search was about; null where nobody asked. */
  readonly coverage: ScenarioCoverage | null;
  readonly seconds: number;
  readonly bytesPerState: number;
}

/** The result file. Byte-identical from run to run but for `timing`. */
export interface RunFile {
  readonly schema: 'cowpte.run/1';
  readonly tool: string;
  readonly protocol: string;
  readonly results: readonly PropertyResult[];
  /** The scenarios that were not searched because --first ended the check before: nothing is known of them, and they have no result. */
  readonly unsearched: readonly string[];
  /** How the searches that were cut had come along. */
  readonly courses: readonly (Course & { readonly scenario: string })[];
  /** Where it was asked for. */
  readonly coverage?: CoverageReport;
  readonly timing: Timing;
}

interface Timing {
  readonly seconds: number;
  readonly scenarios: readonly {
    readonly scenario: string;
    readonly seconds: number;
    readonly bytesPerState: number;
  }[];
}

/** The threads of a scenario as traces name them: the mm and the number among its threads, in the order of the file. */
export function resolvedThreads(scenario: Scenario): readonly ResolvedThread[] {
  const ids = threadIds(scenario);
  return scenario.threads.map((thread, i) => ({ id: ids[i]!, ...thread }));
}

/** The bounds among the options of a search. */
export function boundsOf(options: Partial<Options>): Bounds {
  const { maxStates, maxDepth, maxSwitches, memory, timeout, reduce, first, fingerprints, sample, seed } =
    options;
  return {
    maxStates: maxStates ?? null,
    maxDepth: maxDepth ?? null,
    maxSwitches: maxSwitches ?? null,
    memory: memory ?? null,
    timeout: timeout ?? null,
    reduce: reduce ?? 'all',
    first: first ?? false,
    fingerprints: fingerprints ?? false,
    sample: sample ?? null,
    seed: sample === undefined ? null : (seed ?? 0),
  };
}

/** The outcome of a search that was never begun. */
export const notBegun: Omit<Outcome, 'findings'> = {
  states: 0,
  transitions: 0,
  depth: 0,
  exhaustive: false,
  reason: 'interrupted',
  reductions: [],
  course: null,
  switches: null,
  collisions: null,
  sample: null,
  coverage: [],
  words: 0,
  bytesPerState: 0,
  seconds: 0,
};

/** Puts the results of all scenarios into the form of the result file; `unsearched` are those that were asked for and left out. */
export function runFile(
  tool: string,
  protocol: string,
  scenarios: readonly ScenarioResult[],
  seconds: number,
  unsearched: readonly Scenario[] = [],
): RunFile {
  const told = scenarios.flatMap(({ coverage }) => coverage ?? []);
  return {
    schema: 'cowpte.run/1',
    tool,
    protocol,
    results: scenarios.flatMap((s) => s.results),
    unsearched: unsearched.map(({ name }) => name),
    courses: scenarios.flatMap(({ scenario, course }) =>
      course === null ? [] : [{ scenario: scenario.name, ...course }],
    ),
    ...(told.length > 0 && { coverage: coverageReport(told) }),
    timing: {
      seconds,
      scenarios: scenarios.map((s) => ({
        scenario: s.scenario.name,
        seconds: s.seconds,
        bytesPerState: s.bytesPerState,
      })),
    },
  };
}
