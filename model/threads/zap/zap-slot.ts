import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock } from '../../kernel/pte-lock.ts';
import { slotIsTable, slotIsWritable, storeSlot } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { set } from '../../language/effect.ts';
import { equal, greater, minus, NONE } from '../../language/expression.ts';
import { counted, type Fragment, fragment, go, goIf, named, sequence, wire } from '../../language/machine.ts';
import { pteOffsetMapLock } from '../fault/map-and-lock.ts';
import { plain } from '../fault/site.ts';
import { flushAndFree, freePteRange } from './gather.ts';
import type { ZapLocals } from './locals.ts';
import { zapSite } from './site.ts';
import { zapEntries } from './zap-entries.ts';

/**
 * zap_pte_range() of patch 05 for a slot that one vma covers whole. Z0: a COW-ed slot with count 1 is made writable and
 * zapped normally, else it is SHARED. Z1: the entries. Z2: SHARED gives up its reference.
 */
export const zapSlot = (path: Path, l: ZapLocals, slot: number): Fragment<'next'> => {
  const { k, mm } = path;
  const here: Path = { ...path, slot };
  const end = wire(giveUp(here, l, slot), { next: 'next', last: lastUser(here, l, slot) });
  const entries = wire(zapEntries(here, l, slot), {
    shared: sequence(named('z2', pteOffsetMapLock(here, l, zapSite, 1893)), end),
    next: 'next',
  });
  const body = sequence(named('z1', pteOffsetMapLock(here, l, zapSite, 1835)), entries);
  const counting = wire(countTest(here, l), { next: body });
  const toCounting = sequence(
    named('z0', flushAndFree(path, l, beforeSlot(slot))),
    named('z0', pteOffsetMapLock(here, l, zapSite, 1820)),
    counting,
  );
  const test = fragment({
    site: zapSite,
    entry: 'zap_check_none',
    exits: ['next', 'counting', 'body'],
    places: {
      zap_check_none: {
        site: plain('zap_pmd_range'),
        line: 1569,
        says: 'read slot: a table?',
        on: [goIf(slotIsTable(k, mm, slot), 'zap_check_writable'), go('next')],
      },
      zap_check_writable: {
        line: 1804,
        says: 'read slot: writable?',
        on: [goIf(slotIsWritable(k, mm, slot), 'body'), counted(go('counting'), 'zap of a COW-ed slot')],
      },
    },
  });
  return named(`zap_${slot}`, wire(test, { next: 'next', counting: toCounting, body }));
};

/** The gather holds what the slots before this one left in it. */
const beforeSlot = (slot: number): number[] => Array.from({ length: slot }, (_, s) => s);

const countTest = ({ k, mm, slot }: Path, l: ZapLocals): Fragment<'next'> => {
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
        kinds: ['zap reuses the table'],
        on: [go('zap_count_unlock', storeSlot(k, mm, slot, l.seen, 1))],
      },
      zap_count_unlock: { line: 1827, says: 'spin_unlock(ptl)', on: [go('next', dropPteLock(k, mm, l.ptl))] },
    },
  });
};

/** Z2: put; true: clear the slot and flush. false: this was the last user. */
const giveUp = ({ k, mm, slot }: Path, l: ZapLocals, _slot: number): Fragment<'next' | 'last'> => {
  const table = k.slotTable.at(mm, slot);
  const count = k.count.at(l.seen);
  return fragment({
    site: zapSite,
    entry: 'zap_put_read_slot',
    exits: ['next', 'last'],
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
        kinds: ['zap puts the table'],
        on: [
          goIf(
            greater(count, 1),
            'zap_clear_slot',
            notFreed(k, l.seen, 'count update'),
            set(count, minus(count, 1)),
          ),
          go('last', notFreed(k, l.seen, 'count update')),
        ],
      },
      zap_clear_slot: {
        line: 1908,
        says: 'store slot: empty',
        on: [go('zap_put_unlock', storeSlot(k, mm, slot, NONE, 0))],
      },
      zap_put_unlock: {
        line: 1909,
        says: 'spin_unlock(ptl)',
        on: [go('zap_flush', dropPteLock(k, mm, l.ptl))],
      },
      zap_flush: {
        line: 1915,
        comment: 1911,
        says: 'flush_tlb_range() of the next 2 MiB (whole mm)',
        on: [go('next', set(l.shared, 0))],
      },
    },
  });
};

/** Z2, the put was refused: make the slot writable, unlock, flush and free the batch, then free the table without a lock. */
const lastUser = (path: Path, l: ZapLocals, slot: number): Fragment<'next'> => {
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
        on: [go('zap_last_unlock', storeSlot(k, mm, slot, l.seen, 1), set(l.shared, 0))],
      },
      zap_last_unlock: { line: 1903, says: 'spin_unlock(ptl)', on: [go('next', dropPteLock(k, mm, l.ptl))] },
    },
  });
  return sequence(
    head,
    named('last', flushAndFree(path, l, [...beforeSlot(slot), slot])),
    freePteRange(path, l, slot),
  );
};
