import type { Finding, Outcome, Run } from '../outcome.ts';
import type { BreadthFirst, Ended } from './breadth-first.ts';
import { branchCounts, exercisedChecks } from './exercised.ts';
import { fairLassos } from './lasso.ts';
import { shortestRuns } from './shortest-run.ts';

/** What a search tells, but for the figures of its back end. */
export type Judged = Pick<
  Outcome,
  'findings' | 'states' | 'transitions' | 'depth' | 'exhaustive' | 'reason' | 'coverage'
>;

/** What is not to be taken from the search itself: runs to show by check, and which branches were taken. */
export interface Elsewhere {
  readonly shown?: ReadonlyMap<number, Run>;
  readonly coverage?: Uint8Array;
}

/** Verdicts with their runs, counts and coverage. A violation found before a bound is final; the rest is then unknown. */
export function judged(
  { graph, violations, deadlocks }: BreadthFirst,
  ended: Ended,
  { shown, coverage = graph.coverage.slice() }: Elsewhere = {},
): Judged {
  const { program } = graph;
  const exercised = exercisedChecks(program, coverage);
  const runs = shown ?? shortestRuns(graph, violations.lengths, deadlocks);
  const exhaustive = ended.reason === null;
  // A cycle in a part of the graph is a cycle of the whole; after an end by time or memory no further work is begun.
  const cut = exhaustive || ended.reason === 'max-states' || ended.reason === 'max-depth';
  const lassos = cut ? fairLassos(graph, ended.states) : new Map<number, Run>();
  const findings = program.checks.map((check): Finding => {
    const found = runs.get(check.number) ?? lassos.get(check.number) ?? null;
    // In a level that was not finished a deadlock, one step shorter, may have gone unseen.
    const unsure = !shown && !cut && ended.reason !== 'first' && check.declared.deadlock !== null;
    const run = found && unsure && found.moves.length >= ended.depth ? { ...found, shortest: false } : found;
    const verdict = run ? 'violated' : exhaustive ? 'holds' : 'unknown';
    // What was broken was certainly put to the test.
    return { check: check.declared.name, verdict, exercised: run !== null || exercised[check.number]!, run };
  });
  return { findings, ...ended, exhaustive, coverage: branchCounts(program, coverage) };
}
