import type { PropertyResult } from './result.ts';

/** The exit codes of the command. */
export const exitCodes = {
  holds: 0,
  violated: 1,
  input: 2,
  unknown: 3,
  internal: 4,
  interrupted: 130,
} as const;

/** What decides the exit code of a check. */
export interface Judged {
  readonly results: readonly PropertyResult[];
  /** Properties that are expected to be violated. */
  readonly expected: readonly string[];
  /** Properties that the user named; one that holds without having been exercised is no answer to the question. */
  readonly named: readonly string[];
  readonly interrupted: boolean;
  /** Scenarios that were not searched, because the check was to end at the first violation. */
  readonly unsearched: number;
}

/** Expected violations that did not occur, although every search was finished. */
export function disappeared({
  results,
  expected,
  unsearched,
}: Pick<Judged, 'results' | 'expected' | 'unsearched'>): readonly string[] {
  if (unsearched > 0) return [];
  return expected.filter((name) => {
    const own = results.filter((r) => r.property === name);
    return own.every((r) => r.verdict === 'holds');
  });
}

/** The exit code: 1 if anything is violated (or an expected violation has gone), else 3 if anything is unknown, else 0. */
export function exitCode(judged: Judged): number {
  const { results, expected, named } = judged;
  if (judged.interrupted) return exitCodes.interrupted;
  const surprising = results.some((r) => r.verdict === 'violated' && !expected.includes(r.property));
  if (surprising || disappeared(judged).length > 0) return exitCodes.violated;
  const unanswered = results.some(
    (r) => r.verdict === 'unknown' || (r.verdict === 'holds' && !r.exercised && named.includes(r.property)),
  );
  return unanswered || judged.unsearched > 0 ? exitCodes.unknown : exitCodes.holds;
}
