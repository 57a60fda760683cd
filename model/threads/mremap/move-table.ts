import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import { isFree, pmdLockOf } from '../../kernel/pte-lock.ts';
import { dropWrite, isUnheld, takeWrite } from '../../kernel/rwsem.ts';
import { slotIsNone, storeSlot } from '../../kernel/slot.ts';
import { flushCanEnd, flushMm } from '../../kernel/tlb.ts';
import { acquire, release, set, violate, when } from '../../language/effect.ts';
import { differ, equal, type LocalRead, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, sequence, wire } from '../../language/machine.ts';
import { seenAtNewAddress, unseenAtOldAddress } from './expected.ts';
import { type Move, type MoveLocals, mremapSite } from './locals.ts';

/** What properties ask for: a table went from one slot to another. */
const MOVES_TABLE = 'table moved';

/**
 * move_pgt_entry(NORMAL_PMD): a whole table goes from slot to slot under the rmap locks and the pmd lock, not under its pte lock;
 * the new slot is writable whatever the old one was. `taken` leaves where the new slot is not empty.
 */
export const moveTable = (move: Move, m: MoveLocals, wentOn: LocalRead): Fragment<'next' | 'taken'> => {
  const moved = wire(testNew(move), { next: moveNormalPmd(move, m, wentOn), taken: 'taken' });
  return wire(sequence<'taken'>(takeRmapLocks(move), moved), {
    next: dropRmapLocks(move),
    taken: wire(named('taken', dropRmapLocks(move)), { next: 'taken' }),
  });
};

/** i_mmap only where the vma maps a file. */
const takeRmapLocks = ({ path: { k } }: Move): Fragment<'next'> => {
  const site = mremapSite('take_rmap_locks');
  return fragment({
    site,
    entry: k.shape.fileVmas ? 'i_mmap_lock' : 'rmap_lock',
    exits: ['next'],
    places: {
      i_mmap_lock: {
        line: 108,
        says: 'i_mmap_lock_write()',
        on: [goIf(isUnheld(k.iMmapLock.at()), 'rmap_lock', takeWrite(k.iMmapLock.at()))],
      },
      rmap_lock: {
        line: 110,
        says: 'anon_vma_lock_write()',
        on: [goIf(isUnheld(k.rmapLock.at()), 'next', takeWrite(k.rmapLock.at()))],
      },
    },
  });
};

const dropRmapLocks = ({ path: { k } }: Move): Fragment<'next'> =>
  fragment({
    site: mremapSite('drop_rmap_locks'),
    entry: 'rmap_unlock',
    exits: ['next'],
    places: {
      rmap_unlock: {
        line: 116,
        says: 'anon_vma_unlock_write()',
        on: [go(k.shape.fileVmas ? 'i_mmap_unlock' : 'next', dropWrite(k.rmapLock.at()))],
      },
      i_mmap_unlock: {
        line: 118,
        says: 'i_mmap_unlock_write()',
        on: [go('next', dropWrite(k.iMmapLock.at()))],
      },
    },
  });

const testNew = ({ to }: Move): Fragment<'next' | 'taken'> =>
  fragment({
    site: mremapSite('move_normal_pmd'),
    entry: 'test_new',
    exits: ['next', 'taken'],
    places: {
      test_new: {
        line: 269,
        says: 'read the new slot: empty?',
        on: [goIf(slotIsNone(to.k, to.mm, to.slot), 'next'), go('taken')],
      },
    },
  });

const moveNormalPmd = (move: Move, m: MoveLocals, wentOn: LocalRead): Fragment<'next'> => {
  const { path, to, entries } = move;
  const { k, mm, slot, me } = path;
  // Both slots are in one page of the upper level, and so have one lock.
  const lock = pmdLockOf(k, mm);
  const taken = differ(m.moved, NONE);
  return fragment({
    site: mremapSite('move_normal_pmd'),
    entry: 'pmd_lock',
    exits: ['next'],
    places: {
      pmd_lock: { line: 285, says: 'pmd_lock()', on: [goIf(isFree(lock), 'read_old', acquire(lock, me))] },
      read_old: {
        line: 291,
        says: 'read the old slot',
        on: [go('clear_old', set(m.moved, k.slotTable.at(mm, slot)))],
      },
      clear_old: {
        line: 292,
        says: 'store the old slot: empty',
        kinds: [MOVES_TABLE],
        on: [go('store_new', storeSlot(k, mm, slot, NONE, 0), when(taken, [set(k.moving.at(m.moved), 1)]))],
      },
      // VM_BUG_ON() before it reads the new slot once more; what it asks was true a moment ago and still is.
      store_new: {
        line: 296,
        says: 'store the new slot: that table, writable',
        on: [
          goIf(equal(m.moved, NONE), 'stopped', derefEmptySlot('pmd_pgtable')),
          go(
            'flush',
            when(wentOn, [
              violate('failure-reported', 'nothing stored after a break that failed', 'the table is moved'),
            ]),
            storeSlot(k, to.mm, to.slot, m.moved, 1),
            set(k.moving.at(m.moved), 0),
            entries.map((e) => seenAtNewAddress(move, e)),
          ),
        ],
      },
      flush: {
        line: 297,
        says: 'flush_tlb_range() of the old 2 MiB',
        kinds: ['flush'],
        on: [goIf(flushCanEnd(k, mm), 'pmd_unlock', flushMm(k, mm), unseenAtOldAddress(move))],
      },
      pmd_unlock: {
        line: 300,
        says: 'spin_unlock() of the pmd lock',
        on: [go('next', release(lock, NONE), set(m.moved, NONE))],
      },
    },
  });
};
