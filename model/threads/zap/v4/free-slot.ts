import { derefEmptySlot } from '../../../kernel/empty-slot.ts';
import type { Path } from '../../../kernel/path.ts';
import { dropPteLock, isFree, lockIsInTable, lockOf, takePteLock } from '../../../kernel/pte-lock.ts';
import { slotIsNone, slotIsWritable, storeSlot } from '../../../kernel/slot.ts';
import { notFreed } from '../../../kernel/table.ts';
import { set, warnUnless } from '../../../language/effect.ts';
import { differ, equal, minus, NONE } from '../../../language/expression.ts';
import { type Fragment, fragment, go, goIf } from '../../../language/machine.ts';
import { FREE_WARNS } from '../free-warns.ts';
import type { ZapLocals } from '../locals.ts';
import { v4FreeSite } from '../site.ts';

/**
 * What version 4 adds to free_pmd_range(): a COW-ed slot is put under its lock. If others use the table the slot is emptied
 * after the unlock; if not, it is made writable and freed. For every other slot, an empty one too, the count is
 * tested in the warning.
 */
export const giveUpOrWarnV4 = (
  { k, mm, me }: Path,
  l: ZapLocals,
  slot: number,
): Fragment<'next' | 'free'> => {
  const table = k.slotTable.at(mm, slot);
  const count = k.count.at(l.seen);
  const nrPtes = k.nrPtes.at(mm);
  const readForCount = k.shape.debugVm ? 'warn_read_slot' : 'next';
  return fragment({
    site: v4FreeSite,
    entry: 'check_none',
    exits: ['next', 'free'],
    places: {
      check_none: {
        line: 204,
        says: 'read slot: empty?',
        on: [goIf(slotIsNone(k, mm, slot), readForCount), go('check_writable')],
      },
      check_writable: {
        line: 204,
        says: 'read slot: writable?',
        on: [goIf(slotIsWritable(k, mm, slot), readForCount), go(lockIsInTable(k) ? 'lockptr' : 'lock')],
      },
      lockptr: {
        line: 205,
        says: 'read slot -> ptl',
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('pte_lockptr')),
          go('lock', set(l.ptl, table)),
        ],
      },
      lock: {
        line: 207,
        says: 'spin_lock(ptl)',
        kinds: ['pte lock taken'],
        on: [goIf(isFree(lockOf(k, mm, l.ptl)), 'put_read_slot', takePteLock(k, mm, l.ptl, me))],
      },
      put_read_slot: {
        line: 208,
        says: 'read slot for the put',
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('pmd_put_pte')),
          go('put', set(l.seen, table)),
        ],
      },
      put: {
        line: 208,
        says: 'put the table: count -1 unless 1',
        kinds: ['zap puts the table'],
        on: [
          goIf(
            differ(count, 1),
            'unlock_put',
            notFreed(k, l.seen, 'count update'),
            set(count, minus(count, 1)),
          ),
          go('last_read', notFreed(k, l.seen, 'count update')),
        ],
      },
      last_read: {
        line: 209,
        says: 'read slot, set W in the value',
        on: [go('last_store', set(l.seen, table))],
      },
      last_store: {
        line: 211,
        says: 'store slot: writable',
        kinds: ['zap frees the table'],
        on: [go('unlock_last', storeSlot(k, mm, slot, l.seen, 1))],
      },
      unlock_last: { line: 212, says: 'spin_unlock(ptl)', on: [go('free', dropPteLock(k, mm, l.ptl))] },
      unlock_put: { line: 216, says: 'spin_unlock(ptl)', on: [go('clear', dropPteLock(k, mm, l.ptl))] },
      clear: {
        line: 218,
        says: 'store slot: empty',
        on: [go('dec_nr_ptes', storeSlot(k, mm, slot, NONE, 0))],
      },
      dec_nr_ptes: {
        line: 219,
        says: 'nr_ptes -1; the gather will flush',
        on: [go('next', set(nrPtes, minus(nrPtes, 1)), set(l.flushDue, 1))],
      },
      warn_read_slot: {
        line: 222,
        says: 'read slot for the count',
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('cow_pte_count')),
          go('warn_read_count', set(l.seen, table)),
        ],
      },
      warn_read_count: {
        line: 222,
        says: 'read count: 1?',
        kinds: [FREE_WARNS],
        on: [
          go(
            'next',
            notFreed(k, l.seen, 'count read'),
            warnUnless(
              'warn-free-shared',
              equal(k.count.at(l.seen), 1),
              'count 1 for a slot that is not COW-ed at free_pmd_range()',
              '{0} has count {1}',
              [l.seen, k.count.at(l.seen)],
            ),
          ),
        ],
      },
    },
  });
};
