import type { Kernel } from '../../kernel/kernel.ts';
import type { Path } from '../../kernel/path.ts';
import { set } from '../../language/effect.ts';
import { greater, plus } from '../../language/expression.ts';
import { divert, type Fragment, leaving, named, wire } from '../../language/machine.ts';
import { type Locals, range, type Type } from '../../language/variable.ts';
import type { Edits } from '../../variants/protocol.ts';
import { breakCowPte } from './break-cow-pte.ts';
import { breakLocals } from './locals.ts';

/** The locals of break_cow_pte_range(). */
export const breakRangeLocals = (k: Kernel) =>
  ({
    ...breakLocals(k),
    /** nr_failed. */
    failures: range(0, k.shape.slots),
  }) satisfies Record<string, Type>;

type BreakRangeLocals = Locals<keyof ReturnType<typeof breakRangeLocals>>;

/**
 * break_cow_pte_range() over all slots of the mm: one that fails is counted and does not end it. Leaves by `failed` if the
 * number of failures, which it returns, is not 0.
 */
export const breakCowPteRange = (
  path: Path,
  l: BreakRangeLocals,
  edits: Edits,
): Fragment<'done' | 'failed'> => {
  if (edits.text) return edits.text.breakCowPteRange(path);
  const counted = [set(l.failures, plus(l.failures, 1)), set(l.failed, 0)];
  const slot = (s: number): Fragment<'done' | 'failed'> =>
    named(`slot_${s}`, leaving(breakCowPte({ ...path, slot: s }, l, edits), 'failed', counted));
  const last = path.k.shape.slots - 1;
  let all: Fragment<'done' | 'failed'> = divert(slot(last), 'done', greater(l.failures, 0), 'failed');
  for (let s = last - 1; s >= 0; s--) all = wire(slot(s), { done: all, failed: all });
  return all;
};
