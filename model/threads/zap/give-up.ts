import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock } from '../../kernel/pte-lock.ts';
import { storeSlot } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { flushCanEnd, flushMm } from '../../kernel/tlb.ts';
import { set } from '../../language/effect.ts';
import { differ, equal, minus, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, sequence, wire } from '../../language/machine.ts';
import { discard } from './discard.ts';
import { freePteRange } from './free-pte-range.ts';
import { flushAndFree } from './gather.ts';
import type { ZapLocals } from './locals.ts';
import type { ZapRequest } from './request.ts';
import { zapSite } from './site.ts';

/** What properties ask for: zap put a table. */
export const ZAP_PUTS = 'zap puts the table';

/** Z2, under the lock: a SHARED table is put; with that either the slot is emptied, or this was its last user. */
export const giveUp = (
  path: Path,
  l: ZapLocals,
  request: ZapRequest,
  flushInLock: boolean,
): Fragment<'next'> =>
  wire(put(path, l, request.slot), {
    others: leaveToOthers(path, l, request, flushInLock),
    last: lastUser(path, l, request, flushInLock),
  });

const put = ({ k, mm }: Path, l: ZapLocals, slot: number): Fragment<'others' | 'last'> => {
  const table = k.slotTable.at(mm, slot);
  const count = k.count.at(l.seen);
  return fragment({
    site: zapSite,
    entry: 'zap_put_read_slot',
    exits: ['others', 'last'],
    places: {
      zap_put_read_slot: {
        line: 1894,
        says: 'read slot for the put',
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('pmd_put_pte')),
          go('zap_put', set(l.seen, table)),
        ],
      },
      zap_put: {
        line: 1894,
        says: 'put the table: count -1 unless 1',
        kinds: [ZAP_PUTS],
        on: [
          goIf(differ(count, 1), 'others', notFreed(k, l.seen, 'count update'), set(count, minus(count, 1))),
          go('last', notFreed(k, l.seen, 'count update')),
        ],
      },
    },
  });
};

/**
 * The put was done: slot emptied, unlock, nr_ptes -1, flush. The range of that flush is the 2 MiB after the slot's own, since
 * the address has moved on; with 512 pages it is a flush of the whole mm all the same.
 */
const leaveToOthers = (
  path: Path,
  l: ZapLocals,
  { slot, entries }: ZapRequest,
  flushInLock: boolean,
): Fragment<'next'> => {
  const { k, mm } = path;
  const nrPtes = k.nrPtes.at(mm);
  const flush = {
    line: 1915,
    comment: 1911,
    says: 'flush_tlb_range() of the next 2 MiB (whole mm)',
    kinds: ['flush'],
  };
  return fragment({
    site: zapSite,
    entry: 'zap_clear_slot',
    exits: ['next'],
    places: {
      zap_clear_slot: {
        line: 1908,
        says: 'store slot: empty',
        on: [
          go(
            flushInLock ? 'zap_flush_locked' : 'zap_put_unlock',
            storeSlot(k, mm, slot, NONE, 0),
            discard(path, slot, entries),
          ),
        ],
      },
      // v5-flush-in-lock.
      zap_flush_locked: { ...flush, on: [goIf(flushCanEnd(k, mm), 'zap_put_unlock', flushMm(k, mm))] },
      zap_put_unlock: {
        line: 1909,
        says: 'spin_unlock(ptl)',
        on: [go('zap_dec_nr_ptes', dropPteLock(k, mm, l.ptl))],
      },
      zap_dec_nr_ptes: {
        line: 1910,
        says: 'nr_ptes -1',
        on: [go(flushInLock ? 'next' : 'zap_flush', set(nrPtes, minus(nrPtes, 1)), set(l.shared, 0))],
      },
      zap_flush: { ...flush, on: [goIf(flushCanEnd(k, mm), 'next', flushMm(k, mm))] },
    },
  });
};

/**
 * The put was refused: the slot is made writable, unlock, the batched pages are flushed and freed, then the table goes to the
 * gather without any lock. page_table_check_pte_clear_range() reads the slot once more for a debugging option only.
 */
const lastUser = (
  path: Path,
  l: ZapLocals,
  { slot, entries }: ZapRequest,
  flushInLock: boolean,
): Fragment<'next'> => {
  const { k, mm } = path;
  const head = fragment({
    site: zapSite,
    entry: 'zap_last_read',
    exits: ['next'],
    places: {
      zap_last_read: {
        line: 1895,
        says: 'read slot, set W in the value',
        on: [go('zap_last_store', set(l.seen, k.slotTable.at(mm, slot)))],
      },
      zap_last_store: {
        line: 1896,
        says: 'store slot: writable',
        kinds: ['zap frees the table'],
        on: [
          go(
            flushInLock ? 'zap_last_flush' : 'zap_last_unlock',
            storeSlot(k, mm, slot, l.seen, 1),
            set(l.shared, 0),
          ),
        ],
      },
      // v5-flush-in-lock.
      zap_last_flush: {
        line: 1905,
        says: 'flush the TLBs of the mm',
        kinds: ['flush'],
        on: [goIf(flushCanEnd(k, mm), 'zap_last_unlock', flushMm(k, mm), set(l.flushDue, 0))],
      },
      zap_last_unlock: { line: 1903, says: 'spin_unlock(ptl)', on: [go('next', dropPteLock(k, mm, l.ptl))] },
    },
  });
  return sequence(
    head,
    named('last', flushAndFree(path, l, { pages: [slot], tables: [], mayBeFlushed: flushInLock })),
    freePteRange(path, l, slot, 'zap', discard(path, slot, entries)),
  );
};
