import type { Verdict } from '../../explorer/outcome.ts';
import { boundOf } from '../verdicts.ts';
import type { ReportedResult } from './input.ts';

/** The order in which verdicts are listed: what needs attention first. */
export const verdictOrder: readonly Verdict[] = ['violated', 'unknown', 'holds'];

/** One property over all scenarios. */
export interface JudgedProperty {
  readonly property: string;
  /** The worst of all. */
  readonly verdict: Verdict;
  readonly results: readonly ReportedResult[];
  /** The results with that verdict; those with a trace by length, the shortest first. */
  readonly worst: readonly ReportedResult[];
}

/** One search: results with the same scenario and the same figures. */
export interface JudgedSearch {
  readonly scenario: string;
  readonly results: readonly ReportedResult[];
}

export const wordOf = (verdict: Verdict, exercised: boolean): string =>
  verdict === 'holds' && !exercised ? 'holds (not exercised)' : verdict;

const steps = (result: ReportedResult): number => result.counterexample?.told.trace.steps.length ?? 0;

/** The properties, those that need attention first. */
export function judgedProperties(results: readonly ReportedResult[]): readonly JudgedProperty[] {
  const judged = [...grouped(results, (r) => r.property)].map(([property, all]): JudgedProperty => {
    const verdict = verdictOrder.find((v) => all.some((r) => r.verdict === v)) ?? 'unknown';
    const worst = all.filter((r) => r.verdict === verdict).sort((a, b) => steps(a) - steps(b));
    return { property, verdict, results: all, worst };
  });
  const rank = ({ verdict, results: all }: JudgedProperty): number =>
    verdictOrder.indexOf(verdict) * 2 + (all.some((r) => r.exercised) ? 0 : 1);
  return judged.sort((a, b) => rank(a) - rank(b));
}

/** The searches, in the order of the run. A property that was judged in a search of its own has a row of its own. */
export function judgedSearches(results: readonly ReportedResult[]): readonly JudgedSearch[] {
  const key = (result: ReportedResult): string => {
    const { scenario, states, transitions, depth, reductions } = result;
    return JSON.stringify([scenario, states, transitions, depth, reductions, boundOf(result)]);
  };
  return [...grouped(results, key).values()].map((all) => ({ scenario: all[0]!.scenario, results: all }));
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item)) ?? [];
    group.push(item);
    groups.set(key(item), group);
  }
  return groups;
}

/** How the trace of a result is named in the address. */
export const traceId = (result: Pick<ReportedResult, 'slug' | 'property'>): string =>
  `${result.slug}.${result.property}`;
