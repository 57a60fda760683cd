import { type Options, REDUCTIONS, type Reduction } from '../options.ts';
import type { Program } from '../program/program.ts';
import { placesOnCycles } from '../search/machine-cycle.ts';
import { canChoose } from './conflicts.ts';
import { unreadVariables } from './slicing.ts';

/** Reductions that leave out runs: lengths of runs are then not what they were. */
const REORDERING: readonly Reduction[] = ['partial-order', 'reach', 'fusion'];
/** Reductions under which what is found is not the run to show. */
const RENAMING: readonly Reduction[] = ['symmetry'];

/** Can a run stay for ever where a check wants it to leave? A machine without cycles takes no step twice. */
export const asksForCycles = (program: Program): boolean =>
  program.checks.some((c) => c.declared.leaves !== null) &&
  placesOnCycles(program).some((places) => places.size > 0);

/**
 * The reductions of a search, of those that were asked for. A bound on the length or the switches of runs is about the runs as
 * written, and fairness about every thread at every moment: both are judged without any change of order. Who made a switch has
 * to be known by name, which symmetry exchanges. A lap that brings all but unread variables back is not yet a cycle.
 */
export function reductionsOf(program: Program, options: Options): readonly Reduction[] {
  const bySwitches = options.maxSwitches !== Number.POSITIVE_INFINITY;
  const bounded = bySwitches || options.maxDepth !== Number.POSITIVE_INFINITY;
  const inOrder = bounded || !canChoose(program);
  const fair = asksForCycles(program);
  const allowed = (r: Reduction): boolean =>
    !((inOrder || fair) && REORDERING.includes(r)) && !((bySwitches || fair) && RENAMING.includes(r));
  const slices = (): boolean => {
    const { shared, locals } = unreadVariables(program);
    return shared.size > 0 || locals.some((names) => names.size > 0);
  };
  const asked = (r: Reduction): boolean => options.reductions.includes(r);
  const useful = (r: Reduction): boolean =>
    r === 'slicing' ? !fair && slices() : r !== 'reach' || asked('partial-order');
  return REDUCTIONS.filter((r) => asked(r) && allowed(r) && useful(r));
}

/** Must runs be looked for again in the system as written? */
export const changesRuns = (reductions: readonly Reduction[]): boolean =>
  reductions.some((r) => REORDERING.includes(r) || RENAMING.includes(r));
