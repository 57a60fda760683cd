import { derefEmptySlot, useEmptyAddress } from '../../kernel/empty-slot.ts';
import { entryIsPresent } from '../../kernel/entry.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock, isFree, lockIsInTable, lockOf, takePteLock } from '../../kernel/pte-lock.ts';
import { dropRead, hasNoWriter, takeRead } from '../../kernel/rwsem.ts';
import { slotIsTable } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { set } from '../../language/effect.ts';
import { both, equal, NONE, not } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, wire } from '../../language/machine.ts';
import { lookUpOrNone } from '../fault/map-and-lock.ts';
import { plain } from '../fault/site.ts';
import { soughtPage, type WalkLocals } from './locals.ts';

const site = plain('page_vma_mapped_walk', 'mm/page_vma_mapped.c');
const mapSite = plain('map_pte', 'mm/page_vma_mapped.c');
const outer = plain('rmap_walk_anon', 'mm/rmap.c');

/**
 * The rwsem of the family, then the first look at the slot. A vma that its mm has unlinked from the family is not found; that
 * changes under the rwsem held for write only, so taking it for read and looking are one step. folio_referenced() merely
 * tries the lock and does nothing where it would have to wait.
 */
export const findSlot = ({ k, mm, slot }: Path): Fragment<'next' | 'none'> =>
  fragment({
    site,
    entry: 'rmap_read_lock',
    exits: ['next', 'none'],
    places: {
      rmap_read_lock: {
        site: plain('rmap_walk_anon_lock', 'mm/rmap.c'),
        line: 2408,
        says: 'anon_vma_lock_read()',
        on: [
          goIf(
            both(hasNoWriter(k.rmapLock.at()), not(k.rmapUnlinked.at(mm, slot))),
            'pvmw_read_slot',
            takeRead(k.rmapLock.at()),
          ),
          goIf(hasNoWriter(k.rmapLock.at()), 'none', takeRead(k.rmapLock.at())),
        ],
      },
      pvmw_read_slot: {
        line: 210,
        says: 'read slot: a table?',
        on: [goIf(slotIsTable(k, mm, slot), 'next'), go('none')],
      },
    },
  });

/**
 * map_pte() and check_pte(): the address from one read of the slot, an unlocked look at the entry, the lock from another read
 * of the slot; under the lock the entry must map the page that is looked for. The slot is not looked at again. `none`
 * leaves without the lock, `other` with it.
 */
export const lockEntry = (path: Path, l: WalkLocals): Fragment<'next' | 'none' | 'other'> => {
  const { k, mm, slot, entry, me } = path;
  const check = checkEntry(path, l);
  // Corrected, the slot is looked up under the pmd lock; one that is empty ends the walk.
  if (k.shape.slotUnderPmdLock)
    return wire(lookUpOrNone(path, l, mapSite, 18), { next: check, none: 'none' });
  const table = k.slotTable.at(mm, slot);
  const read = notFreed(k, l.pte, 'entry read');
  const look = fragment({
    site: mapSite,
    entry: 'pvmw_map',
    exits: ['next', 'none'],
    places: {
      pvmw_map: { line: 18, says: 'read slot -> pte', on: [go('pvmw_peek', set(l.pte, table))] },
      pvmw_peek: {
        line: 47,
        says: 'read entry, unlocked: present?',
        on: [
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          goIf(entryIsPresent(k, l.pte, entry), lockIsInTable(k) ? 'pvmw_lockptr' : 'pvmw_lock', read),
          go('none', read),
        ],
      },
      pvmw_lockptr: {
        line: 51,
        says: 'read slot -> ptl',
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('pte_lockptr')),
          go('pvmw_lock', set(l.ptl, table)),
        ],
      },
      pvmw_lock: {
        line: 52,
        says: 'spin_lock(ptl)',
        kinds: ['pte lock taken'],
        on: [goIf(isFree(lockOf(k, mm, l.ptl)), 'next', takePteLock(k, mm, l.ptl, me))],
      },
    },
  });
  return wire(look, { next: check, none: 'none' });
};

/** check_pte(), under the lock. */
const checkEntry = (path: Path, l: WalkLocals): Fragment<'next' | 'other'> => {
  const { k, entry } = path;
  const page = soughtPage(path);
  const read = notFreed(k, l.pte, 'entry read');
  return fragment({
    site: mapSite,
    entry: 'pvmw_check',
    exits: ['next', 'other'],
    places: {
      pvmw_check: {
        site: plain('check_pte', 'mm/page_vma_mapped.c'),
        line: 104,
        says: 'read entry: the page?',
        on: [
          goIf(
            both(entryIsPresent(k, l.pte, entry), equal(k.entryPage.at(l.pte, entry), page)),
            'next',
            read,
          ),
          go('other', read),
        ],
      },
    },
  });
};

/** The lock is dropped when the walk is asked for a further entry and there is none. */
export const unlockEntry = ({ k, mm }: Path, l: WalkLocals): Fragment<'next'> =>
  fragment({
    site,
    entry: 'pvmw_unlock',
    exits: ['next'],
    places: {
      pvmw_unlock: { line: 263, says: 'spin_unlock(ptl)', on: [go('next', dropPteLock(k, mm, l.ptl))] },
    },
  });

/** The end of the walk. */
export const leave = ({ k }: Path): Fragment<never> =>
  fragment({
    site: outer,
    entry: 'rmap_read_unlock',
    exits: ['ended'],
    places: {
      rmap_read_unlock: {
        line: 2459,
        says: 'anon_vma_unlock_read()',
        on: [go('ended', dropRead(k.rmapLock.at()))],
      },
    },
  }) as Fragment<never>;
