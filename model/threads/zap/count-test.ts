import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock } from '../../kernel/pte-lock.ts';
import { storeSlot } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { set } from '../../language/effect.ts';
import { equal, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf } from '../../language/machine.ts';
import type { ZapLocals } from './locals.ts';
import { zapSite } from './site.ts';

/** What properties ask for: zap was the last user of a table, and made it writable. */
export const ZAP_REUSES = 'zap reuses the table';

/** Z0, under the lock: with count 1 the slot is made writable, and the zap is a normal one; else it is SHARED. */
export const countTest = ({ k, mm }: Path, l: ZapLocals, slot: number): Fragment<'next'> => {
  const table = k.slotTable.at(mm, slot);
  return fragment({
    site: zapSite,
    entry: 'zap_count_read_slot',
    exits: ['next'],
    places: {
      zap_count_read_slot: {
        line: 1821,
        says: 'read slot for the count',
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('cow_pte_count')),
          go('zap_count_read', set(l.seen, table)),
        ],
      },
      zap_count_read: {
        line: 1821,
        says: 'read count: 1?',
        on: [
          goIf(equal(k.count.at(l.seen), 1), 'zap_reuse_read', notFreed(k, l.seen, 'count read')),
          go('zap_count_unlock', notFreed(k, l.seen, 'count read'), set(l.shared, 1)),
        ],
      },
      zap_reuse_read: {
        line: 1823,
        comment: 1822,
        says: 'read slot, set W in the value',
        on: [go('zap_reuse_store', set(l.seen, table))],
      },
      zap_reuse_store: {
        line: 1824,
        comment: 1822,
        says: 'store slot: writable',
        kinds: [ZAP_REUSES],
        on: [go('zap_count_unlock', storeSlot(k, mm, slot, l.seen, 1))],
      },
      zap_count_unlock: { line: 1827, says: 'spin_unlock(ptl)', on: [go('next', dropPteLock(k, mm, l.ptl))] },
    },
  });
};
