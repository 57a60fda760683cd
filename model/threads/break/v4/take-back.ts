import { derefEmptySlot, useEmptyAddress } from '../../../kernel/empty-slot.ts';
import { entryIsNone, storeEntry } from '../../../kernel/entry.ts';
import type { Path } from '../../../kernel/path.ts';
import {
  dropPteLock,
  freePublished,
  isFree,
  lockOf,
  softwareStore,
  takePteLock,
} from '../../../kernel/pte-lock.ts';
import { notFreed } from '../../../kernel/table.ts';
import { set } from '../../../language/effect.ts';
import { differ, equal, minus, NONE } from '../../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, sequence, wire } from '../../../language/machine.ts';
import { pteOffsetMapLock } from '../../fault/map-and-lock.ts';
import type { BreakLocals } from '../locals.ts';
import { judgedUnderLock } from '../returns.ts';
import { BREAK_OPEN } from '../section.ts';
import { storeSlotInBreak } from '../slot-store.ts';
import { v4Site } from './site.ts';

const tags = [BREAK_OPEN];

/** pte_offset_map_lock() of the local cowed_entry: no read of the slot, one lock more. */
export const lockCowed = ({ k, mm, me }: Path, l: BreakLocals): Fragment<'next'> =>
  fragment({
    site: v4Site,
    entry: 'lock_cowed',
    exits: ['next'],
    places: {
      lock_cowed: {
        line: 5309,
        comment: 5305,
        says: 'spin_lock(src_ptl) of cowed_entry',
        tags,
        on: [
          goIf(equal(l.cowedTable, NONE), 'stopped', derefEmptySlot('pte_lockptr')),
          goIf(
            isFree(lockOf(k, mm, l.cowedTable)),
            'next',
            takePteLock(k, mm, l.cowedTable, me),
            set(l.src, l.cowedTable),
            set(l.srcPtl, l.cowedTable),
          ),
        ],
      },
    },
  });

/**
 * Unlock the new table; put the old one. If that is refused, the new table is wiped and freed and the old one taken back.
 * Then unlock the old table.
 */
export const putOrTakeBack = (path: Path, l: BreakLocals): Fragment<'flush'> => {
  const { k, mm } = path;
  const count = k.count.at(l.cowedTable);
  const unlock = fragment({
    site: v4Site,
    entry: 'unlock_cowed',
    exits: ['flush'],
    places: {
      unlock_cowed: {
        line: 5356,
        says: 'spin_unlock(src_ptl)',
        tags,
        on: [go('flush', judgedUnderLock(path), dropPteLock(k, mm, l.srcPtl))],
      },
    },
  });
  const put = fragment({
    site: v4Site,
    entry: 'unlock_dst',
    exits: ['unlock', 'take_back'],
    places: {
      unlock_dst: {
        line: 5324,
        says: 'spin_unlock(dst_ptl)',
        tags,
        on: [go('put_cowed_table', dropPteLock(k, mm, l.dstPtl))],
      },
      put_cowed_table: {
        line: 5327,
        comment: 5326,
        says: 'put the old table: count -1 unless 1',
        kinds: ['break puts the old table'],
        tags,
        on: [
          goIf(
            differ(count, 1),
            'unlock',
            notFreed(k, l.cowedTable, 'count update'),
            set(count, minus(count, 1)),
          ),
          go('take_back', notFreed(k, l.cowedTable, 'count update')),
        ],
      },
    },
  });
  return wire(put, { unlock, take_back: wire(takeBack(path, l), { next: named('taken_back', unlock) }) });
};

const takeBack = (path: Path, l: BreakLocals): Fragment<'next'> => {
  const { k, mm, slot } = path;
  const token = fragment({
    site: v4Site,
    entry: 'read_token',
    exits: ['next'],
    places: {
      read_token: {
        line: 5333,
        says: 'read slot -> token',
        tags,
        on: [go('next', set(l.newTable, k.slotTable.at(mm, slot)))],
      },
    },
  });
  const wipe = Array.from({ length: k.shape.entries }, (_, e) => named(`wipe_${e}`, wipeEntry(path, l, e)));
  const free = fragment({
    site: v4Site,
    entry: 'unlock_wiped',
    exits: ['next'],
    places: {
      unlock_wiped: {
        line: 5348,
        says: 'spin_unlock(dst_ptl)',
        tags,
        on: [go('clear_new', dropPteLock(k, mm, l.dstPtl))],
      },
      clear_new: {
        line: 5350,
        says: 'store slot: empty',
        kinds: ['break stores to a slot'],
        tags,
        on: [go('free_token', storeSlotInBreak(path, NONE, 0))],
      },
      free_token: {
        line: 5351,
        says: 'free the new table',
        kinds: ['table freed'],
        tags,
        on: [
          goIf(equal(l.newTable, NONE), 'stopped', derefEmptySlot('pte_free')),
          go('store_cowed', freePublished(k, l.newTable), set(l.newTable, NONE)),
        ],
      },
      store_cowed: {
        line: 5353,
        says: 'store slot: the old table, writable',
        kinds: ['break stores to a slot', 'break reuses the table'],
        tags,
        on: [go('next', storeSlotInBreak(path, l.cowedTable, 1))],
      },
    },
  });
  const target = { pte: l.dst, ptl: l.dstPtl };
  return sequence(token, named('wipe', pteOffsetMapLock(path, target, v4Site, 5339)), ...wipe, free);
};

const wipeEntry = ({ k, mm, slot, me }: Path, l: BreakLocals, entry: number): Fragment<'next'> =>
  fragment({
    site: v4Site,
    entry: 'test',
    exits: ['next'],
    places: {
      test: {
        line: 5342,
        says: `read entry ${entry} of the new table: none?`,
        tags,
        on: [
          goIf(equal(l.dst, NONE), 'stopped', useEmptyAddress()),
          goIf(entryIsNone(k, l.dst, entry), 'next', notFreed(k, l.dst, 'entry read')),
          go('clear', notFreed(k, l.dst, 'entry read')),
        ],
      },
      clear: {
        line: 5346,
        says: `clear entry ${entry} of the new table`,
        kinds: ['software store'],
        tags,
        on: [go('next', softwareStore(k, mm, slot, l.dst, me), storeEntry(k, l.dst, entry, NONE, 0))],
      },
    },
  });
