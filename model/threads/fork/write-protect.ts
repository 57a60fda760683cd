import { storeSlot } from '../../kernel/slot.ts';
import { set } from '../../language/effect.ts';
import { type Fragment, fragment, go } from '../../language/machine.ts';
import type { ForkLocals, ForkPath } from './locals.ts';
import { cowRangeSite } from './site.ts';

/** What properties ask for: fork cleared W in both slots. */
export const PROTECTS = 'fork write-protects the table';

/**
 * F3, without any lock: W of the parent's slot is cleared, atomically; then the slot is read again and what is there now, which
 * need not be the table that was shared, goes into the child's slot.
 */
export const writeProtect = ({ k, mm, slot, child }: ForkPath, l: ForkLocals): Fragment<'next'> =>
  fragment({
    site: cowRangeSite,
    entry: 'protect_parent',
    exits: ['next'],
    places: {
      protect_parent: {
        line: 1269,
        comment: 1265,
        says: "clear W in the parent's slot",
        kinds: [PROTECTS],
        on: [go('reread_parent', set(k.slotWritable.at(mm, slot), 0))],
      },
      reread_parent: {
        line: 1270,
        comment: 1265,
        says: "read the parent's slot, clear W in the value",
        on: [go('protect_child', set(l.seen, k.slotTable.at(mm, slot)))],
      },
      protect_child: {
        line: 1270,
        comment: 1265,
        says: "store the child's slot: that value",
        on: [go('next', storeSlot(k, child, slot, l.seen, 0))],
      },
    },
  });
