import { each, type Kernel } from '../../kernel/kernel.ts';
import type { Path } from '../../kernel/path.ts';
import { type Expression, equal, ifElse, literal, NONE } from '../../language/expression.ts';
import type { Locals, Type } from '../../language/variable.ts';
import type { FaultOfHook } from '../../variants/protocol.ts';

/** struct page_vma_mapped_walk: where the entry is, and the lock. The page it looks for is a constant of the thread. */
export const walkLocals = (k: Kernel) =>
  ({ pte: k.tableOrNone, ptl: k.tableOrNone }) satisfies Record<string, Type>;

export type WalkLocals = Locals<keyof ReturnType<typeof walkLocals>>;

/**
 * The page whose mappings the walk looks for: what the entry maps at the start, in the mm's own table or, for an mm that has
 * none yet, in the table that a fork will share with it. A constant of the thread; NONE is never met.
 */
export const soughtPage = ({ k, slot }: Path): Expression =>
  each(k.slot, (s) => {
    const table = each(k.mm, (m) => k.shape.slotAtStart(m, s).table).find((t) => t !== NONE);
    return table === undefined ? NONE : k.shape.entryAtStart(table, 0).page;
  }).reduce<Expression>((rest, page, s) => ifElse(equal(slot, s), page, rest), literal(NONE));

/** The flags of a walk that changes the entry, PVMW_BREAK_COW_PTE of patch 06, and of one that does not. */
export const breakingWalk: FaultOfHook = { flags: 1 << 2, hasOps: false };
export const readingWalk: FaultOfHook = { flags: 0, hasOps: false };
