import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import type { Path } from '../../kernel/path.ts';
import { notFreed } from '../../kernel/table.ts';
import { flushCanEnd, flushMm } from '../../kernel/tlb.ts';
import { set } from '../../language/effect.ts';
import { equal, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, wire } from '../../language/machine.ts';
import type { BreakLocals } from './locals.ts';
import { judgedUnderLock } from './returns.ts';
import { BREAK_OPEN } from './section.ts';
import { breakSite } from './site.ts';
import { STORES_SLOT, storeSlotInBreak } from './slot-store.ts';
import { unlockSource } from './unlock-source.ts';

const tags = [BREAK_OPEN];

/** P7: the last sharer takes the table back: read slot, set W, store, unlock. */
export const reuseTable = (
  path: Path,
  l: BreakLocals,
  at: { readonly read: number; readonly comment: number },
  flushInLock: boolean,
): Fragment<'flush'> => {
  const { k, mm, slot } = path;
  const effects = judgedUnderLock(path);
  const unlock = unlockSource(path, l, {
    name: 'reuse_unlock',
    line: at.read + 2,
    comment: at.comment,
    effects,
  });
  const store = fragment({
    site: breakSite,
    entry: 'reuse_read_slot',
    exits: ['next'],
    places: {
      reuse_read_slot: {
        line: at.read,
        comment: at.comment,
        says: 'read slot, set W in the value',
        tags,
        on: [go('reuse_store_slot', set(l.seen, k.slotTable.at(mm, slot)))],
      },
      reuse_store_slot: {
        line: at.read + 1,
        comment: at.comment,
        says: 'store slot: writable',
        kinds: [STORES_SLOT, 'break reuses the table'],
        tags,
        on: [go(flushInLock ? 'reuse_flush' : 'next', storeSlotInBreak(path, l.seen, 1))],
      },
      // v5-flush-in-lock.
      reuse_flush: {
        line: 5364,
        says: 'flush_tlb_range() of the 2 MiB',
        kinds: ['flush'],
        tags,
        on: [goIf(flushCanEnd(k, mm), 'next', flushMm(k, mm))],
      },
    },
  });
  return wire(store, { next: wire(unlock, { next: 'flush' }) });
};

/**
 * P6 and P8: cow_pte_count() through the slot is two accesses; a count of 1 means reuse, else unlock. `keepLock`: a mutant forgets
 * the unlock.
 */
export const testCount = (path: Path, l: BreakLocals, keepLock = false): Fragment<'next' | 'reuse'> => {
  const { k, mm, slot } = path;
  const table = k.slotTable.at(mm, slot);
  const unlock = unlockSource(path, l, { name: 'unlock_src', line: 5264, comment: 5263 });
  const test = fragment({
    site: breakSite,
    entry: 'count_read_slot',
    exits: ['next', 'reuse'],
    places: {
      count_read_slot: {
        line: 5257,
        comment: 5250,
        says: 'read slot for the count',
        tags,
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('cow_pte_count')),
          go('count_read', set(l.seen, table)),
        ],
      },
      count_read: {
        line: 5257,
        comment: 5250,
        says: 'read count: 1?',
        tags,
        on: [
          goIf(equal(k.count.at(l.seen), 1), 'reuse', notFreed(k, l.seen, 'count read')),
          go('next', notFreed(k, l.seen, 'count read')),
        ],
      },
    },
  });
  return wire(test, { reuse: 'reuse', next: keepLock ? 'next' : unlock });
};

/** P13 and P14: the old value of the slot is kept, and its count tested again under the lock. */
export const rememberAndRecheck = (
  path: Path,
  l: BreakLocals,
  recheck: boolean,
): Fragment<'next' | 'reuse'> => {
  const { k, mm, slot } = path;
  return fragment({
    site: breakSite,
    entry: 'read_cowed_entry',
    exits: ['next', 'reuse'],
    places: {
      read_cowed_entry: {
        line: 5292,
        comment: 5291,
        says: 'read slot -> cowed_entry',
        tags,
        on: [
          go(
            recheck ? 'recheck_count' : 'next',
            set(l.cowedTable, k.slotTable.at(mm, slot)),
            set(l.cowedWritable, k.slotWritable.at(mm, slot)),
          ),
        ],
      },
      recheck_count: {
        line: 5298,
        comment: 5294,
        says: 'read count of cowed_entry: 1?',
        tags,
        on: [
          goIf(equal(l.cowedTable, NONE), 'stopped', derefEmptySlot('cow_pte_count')),
          goIf(equal(k.count.at(l.cowedTable), 1), 'reuse', notFreed(k, l.cowedTable, 'count read')),
          go('next', notFreed(k, l.cowedTable, 'count read')),
        ],
      },
    },
  });
};
