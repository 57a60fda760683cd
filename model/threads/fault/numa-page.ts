import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import { entryIs, readEntry, storeEntry } from '../../kernel/entry.ts';
import { getPage, isCounted, putPage } from '../../kernel/page.ts';
import type { Path } from '../../kernel/path.ts';
import {
  dropPteLock,
  isFree,
  lockIsInTable,
  lockOf,
  softwareStore,
  takePteLock,
} from '../../kernel/pte-lock.ts';
import { notFreed } from '../../kernel/table.ts';
import { set } from '../../language/effect.ts';
import { both, differ, equal, NONE, not } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf } from '../../language/machine.ts';
import type { FaultLocals } from './locals.ts';
import { plain } from './site.ts';

/**
 * do_numa_page() for a page that stays on its node. The address is that of the first read of the slot, the lock that of a
 * later one. A page that others share through a fork is not exclusive, so it is mapped without W (v6.3 as v6.1).
 */
export const doNumaPage = (path: Path, l: FaultLocals): Fragment<'done'> => {
  const { k, mm, slot, entry, me } = path;
  const table = k.slotTable.at(mm, slot);
  const orig = { page: l.origPage, writable: l.origWritable, kind: l.origKind };
  const value = { page: l.copyPage, writable: l.copyWritable };
  const read = notFreed(k, l.pte, 'entry read');
  const store = softwareStore(k, mm, slot, l.pte, me);
  return fragment({
    site: plain('do_numa_page'),
    entry: lockIsInTable(k) ? 'numa_lockptr' : 'numa_lock',
    exits: ['done'],
    places: {
      numa_lockptr: {
        line: 4803,
        says: 'read slot -> ptl',
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('pte_lockptr')),
          go('numa_lock', set(l.ptl, table)),
        ],
      },
      numa_lock: {
        line: 4804,
        says: 'spin_lock(ptl)',
        kinds: ['pte lock taken'],
        on: [goIf(isFree(lockOf(k, mm, l.ptl)), 'numa_same', takePteLock(k, mm, l.ptl, me))],
      },
      numa_same: {
        line: 4805,
        says: 'read entry: still orig_pte?',
        on: [goIf(not(entryIs(k, l.pte, entry, orig)), 'numa_unlock', read), go('numa_read_entry', read)],
      },
      numa_read_entry: {
        line: 4811,
        says: 'read entry again: a page?',
        on: [
          goIf(
            both(differ(k.entryPage.at(l.pte, entry), NONE), isCounted(k, k.entryPage.at(l.pte, entry))),
            'numa_get_page',
            read,
            readEntry(k, l.pte, entry, value),
          ),
          go('numa_clear_entry', read),
        ],
      },
      numa_get_page: {
        line: 4776,
        site: plain('numa_migrate_prep'),
        says: 'page refcount +1',
        on: [go('numa_put_page', getPage(k, l.copyPage))],
      },
      numa_put_page: {
        line: 4853,
        says: 'page refcount -1: it is on the right node',
        on: [go('numa_clear_entry', putPage(k, l.copyPage))],
      },
      // ptep_modify_prot_start() takes the entry out in one atomic step, so that the hardware cannot set a bit meanwhile.
      numa_clear_entry: {
        line: 4878,
        says: 'read and clear entry',
        kinds: ['software store'],
        on: [
          go(
            'numa_store_entry',
            readEntry(k, l.pte, entry, value),
            store,
            storeEntry(k, l.pte, entry, NONE, 0),
          ),
        ],
      },
      // was_writable is that of orig_pte. Where a wrong lock let the entry become none, the kernel would map page frame 0.
      numa_store_entry: {
        line: 4883,
        says: 'store entry: present again',
        kinds: ['software store'],
        on: [go('numa_unlock', store, storeEntry(k, l.pte, entry, l.copyPage, l.origWritable))],
      },
      numa_unlock: { line: 4885, says: 'spin_unlock(ptl)', on: [go('done', dropPteLock(k, mm, l.ptl))] },
    },
  });
};
