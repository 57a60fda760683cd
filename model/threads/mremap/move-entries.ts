import { derefEmptySlot, useEmptyAddress } from '../../kernel/empty-slot.ts';
import { entryIsNone, entryIsPresent, readEntry, storeEntry, writtenBy } from '../../kernel/entry.ts';
import {
  dropPteLock,
  isFree,
  lockIsInTable,
  lockOf,
  softwareStore,
  takePteLock,
} from '../../kernel/pte-lock.ts';
import { notFreed } from '../../kernel/table.ts';
import { flushCanEnd, flushMm } from '../../kernel/tlb.ts';
import { set, when } from '../../language/effect.ts';
import { equal, type LocalRead, NONE } from '../../language/expression.ts';
import { divert, type Fragment, fragment, go, goIf, named, sequence, wire } from '../../language/machine.ts';
import { pteOffsetMapLock } from '../fault/map-and-lock.ts';
import { seenAtNewAddress, unseenAtOldAddress } from './expected.ts';
import { type Move, type MoveLocals, mremapSite } from './locals.ts';

const site = mremapSite('move_ptes');

/**
 * move_ptes(): both pte locks, entry by entry, one flush before they are dropped if anything present was moved. The rmap locks are
 * not taken: the new vma is fresh.
 */
export const moveEntries = (
  move: Move,
  m: MoveLocals,
  old: { readonly pte: LocalRead; readonly ptl: LocalRead },
  wentOn: LocalRead,
): Fragment<'next'> => {
  const moved = sequence(
    named('old', pteOffsetMapLock(move.path, old, site, 173)),
    lockNew(move, m, old.ptl),
    ...move.entries.map((e) => moveEntry(move, m, old.pte, wentOn, e)),
  );
  const unlock = unlockBoth(move, m, old.ptl);
  return wire(divert(moved, 'next', m.forceFlush, 'flush'), {
    next: unlock,
    flush: wire(flush(move, m), { next: unlock }),
  });
};

const lockNew = (move: Move, m: MoveLocals, oldPtl: LocalRead): Fragment<'next'> => {
  const { k, mm, slot, me } = move.to;
  const table = k.slotTable.at(mm, slot);
  return fragment({
    site,
    entry: 'map_new',
    exits: ['next'],
    places: {
      map_new: {
        line: 174,
        says: 'read the new slot -> new_pte',
        on: [go(lockIsInTable(k) ? 'lockptr_new' : 'next', set(m.newPte, table))],
      },
      lockptr_new: {
        line: 175,
        says: 'read the new slot -> new_ptl',
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('pte_lockptr')),
          goIf(equal(table, oldPtl), 'next', set(m.newPtl, table)),
          go('lock_new', set(m.newPtl, table)),
        ],
      },
      lock_new: {
        line: 177,
        says: 'spin_lock(new_ptl)',
        kinds: ['pte lock taken'],
        on: [goIf(isFree(lockOf(k, mm, m.newPtl)), 'next', takePteLock(k, mm, m.newPtl, me))],
      },
    },
  });
};

const moveEntry = (
  move: Move,
  m: MoveLocals,
  pte: LocalRead,
  wentOn: LocalRead,
  entry: number,
): Fragment<'next'> => {
  const { k, mm, slot, me } = move.path;
  const { to } = move;
  const value = { page: m.page, writable: m.writable, kind: m.kind };
  return named(
    `entry_${entry}`,
    fragment({
      site,
      entry: 'test_none',
      exits: ['next'],
      places: {
        test_none: {
          line: 183,
          says: `read entry ${entry}: none?`,
          on: [
            goIf(equal(pte, NONE), 'stopped', useEmptyAddress()),
            goIf(entryIsNone(k, pte, entry), 'next', notFreed(k, pte, 'entry read')),
            go('clear', notFreed(k, pte, 'entry read')),
          ],
        },
        clear: {
          line: 186,
          says: `read and clear entry ${entry}`,
          kinds: ['software store'],
          on: [
            go(
              'store',
              softwareStore(k, mm, slot, pte, me, wentOn),
              readEntry(k, pte, entry, value),
              when(entryIsPresent(k, pte, entry), [set(m.forceFlush, 1)]),
              storeEntry(k, pte, entry, NONE, 0),
              writtenBy(k, NONE, pte, entry),
            ),
          ],
        },
        store: {
          line: 212,
          says: `store entry ${entry} of the new table`,
          kinds: ['software store', 'entry moved'],
          on: [
            goIf(equal(m.newPte, NONE), 'stopped', useEmptyAddress()),
            go(
              'next',
              softwareStore(k, to.mm, to.slot, m.newPte, me, wentOn),
              storeEntry(k, m.newPte, entry, m.page, m.writable, m.kind),
              writtenBy(k, mm, m.newPte, entry),
              seenAtNewAddress(move, entry),
            ),
          ],
        },
      },
    }),
  );
};

const flush = (move: Move, m: MoveLocals): Fragment<'next'> => {
  const { k, mm } = move.path;
  return fragment({
    site,
    entry: 'flush',
    exits: ['next'],
    places: {
      flush: {
        line: 218,
        says: 'flush_tlb_range() of the old addresses',
        kinds: ['flush'],
        on: [
          goIf(flushCanEnd(k, mm), 'next', flushMm(k, mm), unseenAtOldAddress(move), set(m.forceFlush, 0)),
        ],
      },
    },
  });
};

/** With one lock for the mm, or for all, only one was taken; with split locks too if both slots lead to one table. */
const unlockBoth = (move: Move, m: MoveLocals, oldPtl: LocalRead): Fragment<'next'> => {
  const { k, mm } = move.path;
  const unlockOld = [dropPteLock(k, mm, oldPtl), unseenAtOldAddress(move)].flat();
  return fragment({
    site,
    entry: lockIsInTable(k) ? 'unlock_new' : 'unlock_old',
    exits: ['next'],
    places: {
      unlock_new: {
        line: 220,
        says: 'spin_unlock(new_ptl)',
        on: [
          goIf(equal(m.newPtl, oldPtl), 'next', unlockOld),
          go('unlock_old', dropPteLock(k, mm, m.newPtl)),
        ],
      },
      unlock_old: { line: 222, says: 'spin_unlock(old_ptl)', on: [go('next', unlockOld)] },
    },
  });
};
