import type { Path } from '../../kernel/path.ts';
import { isFree, pmdLockOf, sourceLockIsInTable } from '../../kernel/pte-lock.ts';
import { slotIsTable, slotIsWritable, storeSlot } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { flushCanEnd, flushMm } from '../../kernel/tlb.ts';
import { acquire, release, set } from '../../language/effect.ts';
import { equal, minus, NONE, not } from '../../language/expression.ts';
import { counted, type Fragment, fragment, go, goIf, sequence, wire } from '../../language/machine.ts';
import { discard } from './discard.ts';
import type { ZapLocals } from './locals.ts';
import { allEntries, type ZapRequest } from './request.ts';
import { zapSite } from './site.ts';
import { zapEachEntry } from './zap-entries.ts';

/**
 * One critical section from the look at the slot to its end: a table with other sharers is left to them, whoever is alone with
 * it zaps it as its own and leaves it to free_pgtables(). As the count cannot fall to 1 in between, nobody but
 * free_pgtables() ever frees a table, and it has waited for the reverse-map walkers.
 */
export const zapOrGiveUp = (path: Path, l: ZapLocals, request: ZapRequest): Fragment<'next'> => {
  const all = { entries: allEntries(path.k.shape.entries), mayBeShared: true };
  const entries = sequence(...zapEachEntry(path, l, request, all));
  return wire(lockAndTest(path, l), {
    next: 'next',
    entries: wire(entries, { next: leaveOrUnlock(path, l, request) }),
  });
};

const lockAndTest = ({ k, mm, slot, me }: Path, l: ZapLocals): Fragment<'next' | 'entries'> => {
  const pmd = pmdLockOf(k, mm);
  const table = k.slotTable.at(mm, slot);
  const inTable = sourceLockIsInTable(k);
  const look = [set(l.pte, table), set(l.ptl, table), set(l.shared, not(slotIsWritable(k, mm, slot)))];
  const tested = notFreed(k, l.ptl, 'count read');
  return fragment({
    site: zapSite,
    entry: 'lock_pmd',
    exits: ['next', 'entries'],
    places: {
      lock_pmd: {
        line: 1820,
        says: 'pmd_lock()',
        kinds: inTable ? [] : ['pte lock taken'],
        on: [goIf(isFree(pmd), 'lookup', acquire(pmd, me))],
      },
      lookup: {
        line: 1820,
        says: 'read slot -> pte, ptl; COW-ed?',
        on: [goIf(not(slotIsTable(k, mm, slot)), 'unlock_empty'), go(inTable ? 'lock' : 'test', look)],
      },
      unlock_empty: {
        line: 1827,
        says: 'spin_unlock() of the pmd lock',
        on: [go('next', release(pmd, NONE))],
      },
      lock: {
        line: 1820,
        says: 'spin_lock(ptl)',
        kinds: ['pte lock taken'],
        on: [goIf(isFree(k.ptl.at(l.ptl)), 'test', notFreed(k, l.ptl, 'lock'), acquire(k.ptl.at(l.ptl), me))],
      },
      test: {
        line: 1821,
        says: 'read count: 1?',
        on: [
          goIf(not(l.shared), 'entries'),
          goIf(equal(k.count.at(l.ptl), 1), 'reuse', tested, set(l.shared, 0)),
          go('entries', tested),
        ],
      },
      reuse: {
        line: 1824,
        says: 'store slot: writable',
        kinds: ['zap reuses the table'],
        on: [go('entries', storeSlot(k, mm, slot, l.pte, 1))],
      },
    },
  });
};

const leaveOrUnlock = (path: Path, l: ZapLocals, { slot: number, entries }: ZapRequest): Fragment<'next'> => {
  const { k, mm, slot } = path;
  const pmd = pmdLockOf(k, mm);
  const count = k.count.at(l.ptl);
  const nrPtes = k.nrPtes.at(mm);
  const inTable = sourceLockIsInTable(k);
  const unlock = inTable ? 'unlock' : 'unlock_pmd';
  const dropPmd = release(pmd, NONE);
  const dropPtl = [notFreed(k, l.ptl, 'unlock'), release(k.ptl.at(l.ptl), NONE)];
  const own = inTable ? go('unlock_pmd' as const, dropPtl) : go('next' as const, dropPmd);
  return fragment({
    site: zapSite,
    entry: 'unlock_or_put',
    exits: ['next'],
    places: {
      unlock_or_put: {
        line: 1894,
        says: 'SHARED: put the table; else unlock',
        on: [
          { ...own, guard: not(l.shared) },
          counted(
            go('clear_slot', notFreed(k, l.ptl, 'count update'), set(count, minus(count, 1))),
            'zap puts the table',
          ),
        ],
      },
      clear_slot: {
        line: 1908,
        says: 'store slot: empty',
        on: [go('flush', storeSlot(k, mm, slot, NONE, 0), discard(path, number, entries))],
      },
      flush: {
        line: 1915,
        says: 'flush_tlb_range() of the 2 MiB',
        kinds: ['flush'],
        on: [goIf(flushCanEnd(k, mm), 'dec_nr_ptes', flushMm(k, mm))],
      },
      dec_nr_ptes: {
        line: 1910,
        says: 'nr_ptes -1',
        on: [go(unlock, set(nrPtes, minus(nrPtes, 1)), set(l.shared, 0))],
      },
      unlock: {
        line: 1909,
        says: 'spin_unlock(ptl)',
        on: [go('unlock_pmd', dropPtl)],
      },
      unlock_pmd: {
        line: 1909,
        says: 'spin_unlock() of the pmd lock',
        on: [go('next', dropPmd)],
      },
    },
  });
};
