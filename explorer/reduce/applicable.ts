import { type Options, REDUCTIONS, type Reduction } from '../options.ts';
import type { Program } from '../program/program.ts';
import { placesOnCycles } from '../search/machine-cycle.ts';

/** Reductions that leave out or join runs: what is counted in steps is then not what it was. */
const REORDERING: readonly Reduction[] = ['partial-order'];

/** Can a run stay for ever where a check wants it to leave? A machine without cycles takes no step twice. */
const asksForCycles = (program: Program): boolean =>
  program.checks.some((c) => c.declared.leaves !== null) &&
  placesOnCycles(program).some((places) => places.size > 0);

/**
 * The reductions of a search, of those that were asked for. A bound on the length of runs is about the runs as written, and
 * fairness about every thread at every moment: both are judged without any change of order.
 */
export function reductionsOf(program: Program, options: Options): readonly Reduction[] {
  const asWritten = options.maxDepth !== Number.POSITIVE_INFINITY || asksForCycles(program);
  return REDUCTIONS.filter((r) => options.reductions.includes(r) && !(asWritten && REORDERING.includes(r)));
}

/** Must runs be looked for again in the system as written? */
export const reorders = (reductions: readonly Reduction[]): boolean =>
  reductions.some((r) => REORDERING.includes(r));
