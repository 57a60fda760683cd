import type { Path } from '../../kernel/path.ts';
import { lockIsInTable, lockOf } from '../../kernel/pte-lock.ts';
import { slotIsNone, slotIsTable, storeSlot } from '../../kernel/slot.ts';
import { assert, type Effect, violate, when } from '../../language/effect.ts';
import { both, equal, not, type Operand } from '../../language/expression.ts';

/** What properties ask for: the break stored to a slot that was not empty. */
export const STORES_SLOT = 'break stores to a slot';

/**
 * A store to the slot by the break. If the slot is not empty, the lock that belongs to it at this moment must be held; a
 * store of the value that is there already is told apart, since it corrupts nothing.
 */
export const storeSlotInBreak = (
  { k, mm, slot, me }: Path,
  newTable: Operand,
  writable: Operand,
): readonly Effect[] => {
  const table = k.slotTable.at(mm, slot);
  const needed = 'the lock of the slot held at a store to it';
  const judge = (value: string): Effect =>
    assert(
      'right-lock-for-slot',
      equal(lockOf(k, mm, table), me),
      `${needed}${value}`,
      'the slot points to {0}, whose lock is held by {1}',
      [table, lockOf(k, mm, table)],
    );
  const same = both(equal(table, newTable), equal(k.slotWritable.at(mm, slot), writable));
  // A slot with only its W bit set leads to no table: its lock is the mm's, or the one of all, if it has any.
  const noTable = when(
    not(slotIsNone(k, mm, slot)),
    lockIsInTable(k)
      ? [violate('right-lock-for-slot', needed, 'the slot points to no table and so has no lock')]
      : [
          assert('right-lock-for-slot', equal(lockOf(k, mm, 0), me), needed, 'it is held by {0}', [
            lockOf(k, mm, 0),
          ]),
        ],
  );
  return [
    ...when(slotIsTable(k, mm, slot), when(same, [judge(' (same value)')], [judge('')]), noTable),
    ...storeSlot(k, mm, slot, newTable, writable),
  ];
};
