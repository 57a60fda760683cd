import type { Finding, Outcome, Run } from '../outcome.ts';
import type { ProgramCheck } from '../program/program.ts';
import { asksForCycles } from '../reduce/applicable.ts';
import type { BreadthFirst, Ended } from './breadth-first.ts';
import { branchCounts, exercisedChecks } from './exercised.ts';
import { fairLassos } from './lasso.ts';
import { ifMemoryAllows } from './out-of-memory.ts';
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

/**
 * Verdicts with their runs, counts and coverage. A violation found before a bound is final; the rest is then unknown. So is what
 * was found violated if there is no memory to find the run, and what is said of runs without end if there is none for cycles.
 */
export function judged(
  search: BreadthFirst,
  ended: Ended,
  { shown, coverage = search.graph.coverage.slice() }: Elsewhere = {},
): Judged {
  const { graph, violations, deadlocks } = search;
  const { program } = graph;
  const exercised = exercisedChecks(program, coverage);
  const runs = shown ?? shortestRuns(graph, violations.lengths, deadlocks, search.together);
  const whole = ended.reason === null;
  // A cycle in a part of the graph is a cycle of the whole; after an end by time or memory no further work is begun.
  const cut = whole || ended.reason === 'max-states' || ended.reason === 'max-depth';
  const lassos = cut ? cycles(search, ended) : new Map<number, Run>();
  const lost = (check: ProgramCheck): boolean =>
    (violations.lengths[check.number]! >= 0 && !runs.has(check.number)) ||
    (lassos === null && check.declared.leaves !== null);
  const findings = program.checks.map((check): Finding => {
    const found = runs.get(check.number) ?? lassos?.get(check.number) ?? null;
    // In a level that was not finished a deadlock, one step shorter, may have gone unseen.
    const unsure = !shown && !cut && ended.reason !== 'first' && check.declared.deadlock !== null;
    const run = found && unsure && found.moves.length >= ended.depth ? { ...found, shortest: false } : found;
    const verdict = run ? 'violated' : whole && !lost(check) ? 'holds' : 'unknown';
    // What was broken was certainly put to the test.
    return { check: check.declared.name, verdict, exercised: run !== null || exercised[check.number]!, run };
  });
  const reason = ended.reason ?? (program.checks.some(lost) ? 'memory' : null);
  return {
    findings,
    ...ended,
    reason,
    exhaustive: reason === null,
    coverage: branchCounts(program, coverage),
  };
}

/** Bytes that the search for cycles takes, about, for each state and each step. */
const CYCLE_BYTES = { state: 40, step: 16 };

/** Null if there is no memory for it. */
function cycles(search: BreadthFirst, { states, transitions }: Ended): Map<number, Run> | null {
  const { graph } = search;
  const needed = states * CYCLE_BYTES.state + transitions * CYCLE_BYTES.step;
  if (asksForCycles(graph.program) && needed > search.room) return null;
  return ifMemoryAllows(() => fairLassos(graph, states));
}
