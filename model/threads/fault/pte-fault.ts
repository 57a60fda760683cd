import { derefEmptySlot, useEmptyAddress } from '../../kernel/empty-slot.ts';
import { entryIs, readEntry } from '../../kernel/entry.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock, isFree, lockIsInTable, lockOf, takePteLock } from '../../kernel/pte-lock.ts';
import { slotIsNone, slotIsTable } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { set } from '../../language/effect.ts';
import { equal, NONE, not } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, wire } from '../../language/machine.ts';
import { doAnonymousPageWrite } from './anonymous-write.ts';
import type { FaultLocals } from './locals.ts';
import { handlePteFault } from './site.ts';
import { doWpPage } from './wp-page.ts';

/**
 * handle_pte_fault() of a write to private anonymous memory. Where the slot or the entry changed under it, it returns and
 * the faulting instruction is run again: one fault is one thread, so the path ends there.
 */
export const handlePteFaultWrite = (path: Path, l: FaultLocals): Fragment<'done' | 'failed'> => {
  const { k, mm, slot, entry, me } = path;
  const table = k.slotTable.at(mm, slot);
  const orig = { page: l.origPage, writable: l.origWritable };
  const split = lockIsInTable(k);
  const body = fragment({
    site: handlePteFault,
    entry: 'fault_check_none',
    exits: ['wp', 'anonymous', 'done'],
    places: {
      fault_check_none: {
        line: 5502,
        says: 'read slot: empty?',
        on: [goIf(slotIsNone(k, mm, slot), 'anonymous'), go('fault_check_unstable')],
      },
      fault_check_unstable: {
        line: 5524,
        says: 'read slot: a table?',
        on: [goIf(slotIsTable(k, mm, slot), 'fault_map'), go('done')],
      },
      fault_map: { line: 5532, says: 'read slot -> pte', on: [go('fault_read_entry', set(l.pte, table))] },
      fault_read_entry: {
        line: 5533,
        says: 'read entry -> orig_pte',
        on: [
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          goIf(equal(k.entryPage.at(l.pte, entry), NONE), 'anonymous', notFreed(k, l.pte, 'entry read')),
          go(
            split ? 'fault_lockptr' : 'fault_lock',
            notFreed(k, l.pte, 'entry read'),
            readEntry(k, l.pte, entry, orig),
          ),
        ],
      },
      fault_lockptr: {
        line: 5569,
        says: 'read slot -> ptl',
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('pte_lockptr')),
          go('fault_lock', set(l.ptl, table)),
        ],
      },
      fault_lock: {
        line: 5570,
        says: 'spin_lock(ptl)',
        kinds: ['pte lock taken'],
        on: [goIf(isFree(lockOf(k, mm, l.ptl)), 'fault_same', takePteLock(k, mm, l.ptl, me))],
      },
      fault_same: {
        line: 5572,
        says: 'read entry: still orig_pte?',
        on: [
          goIf(not(entryIs(k, l.pte, entry, orig)), 'fault_unlock', notFreed(k, l.pte, 'entry read')),
          // Writable already: only its Accessed and Dirty bits would be set.
          goIf(l.origWritable, 'fault_unlock', notFreed(k, l.pte, 'entry read')),
          go('wp', notFreed(k, l.pte, 'entry read')),
        ],
      },
      fault_unlock: { line: 5591, says: 'spin_unlock(ptl)', on: [go('done', dropPteLock(k, mm, l.ptl))] },
    },
  });
  return wire(body, { wp: doWpPage(path, l), anonymous: doAnonymousPageWrite(path, l), done: 'done' });
};
