import type { Kernel } from '../../kernel/kernel.ts';
import { assert, type Effect } from '../../language/effect.ts';
import { both, either, equal, NONE, type Operand } from '../../language/expression.ts';

/**
 * The break returns 0: its slot must be empty, not a table, or W=1 with count 1. Judged with the last access of the
 * function, since returning touches nothing.
 */
export const returnsZero = (k: Kernel, mm: Operand, slot: Operand): Effect => {
  const table = k.slotTable.at(mm, slot);
  return assert(
    'break-leaves-private',
    either(equal(table, NONE), both(k.slotWritable.at(mm, slot), equal(k.count.at(table), 1))),
    'the slot empty, not a table, or writable on a table with count 1 when the break returns 0',
    'the slot points to {0} with W={1}',
    [table, k.slotWritable.at(mm, slot)],
  );
};
