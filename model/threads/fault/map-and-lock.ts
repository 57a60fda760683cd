import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import type { Path } from '../../kernel/path.ts';
import { isFree, lockIsInTable, lockOf, pmdLockOf, takePteLock } from '../../kernel/pte-lock.ts';
import { acquire, release, set } from '../../language/effect.ts';
import { equal, type LocalRead, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, type Site, wire } from '../../language/machine.ts';

/** What a look-up knows of its thread. */
type Where = Pick<Path, 'k' | 'mm' | 'slot' | 'me'>;

/**
 * pte_offset_map_lock() of v6.3 (include/linux/mm.h): the lock from one read of the slot, the address of the entries from
 * another, then the lock; the slot is not looked at again.
 */
export const pteOffsetMapLock = (
  { k, mm, slot, me }: Where,
  into: { readonly pte: LocalRead; readonly ptl: LocalRead },
  site: Site,
  line: number,
): Fragment<'next'> => {
  if (k.shape.slotUnderPmdLock) return lookUpUnderPmdLock({ k, mm, slot, me }, into, site, line);
  const table = k.slotTable.at(mm, slot);
  return fragment({
    site,
    entry: lockIsInTable(k) ? 'lockptr' : 'map',
    exits: ['next'],
    places: {
      lockptr: {
        line,
        says: 'read slot -> ptl',
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('pte_lockptr')),
          go('map', set(into.ptl, table)),
        ],
      },
      map: { line, says: 'read slot -> pte', on: [go('lock', set(into.pte, table))] },
      lock: {
        line,
        says: 'spin_lock(ptl)',
        kinds: ['pte lock taken'],
        on: [goIf(isFree(lockOf(k, mm, into.ptl)), 'next', takePteLock(k, mm, into.ptl, me))],
      },
    },
  });
};

/**
 * The corrected pte_offset_map_lock(): one read of the slot, under the pmd lock, yields the address and the lock; while the pmd lock
 * is held the slot keeps its table alive. Without split locks the two locks are one.
 */
const lookUpUnderPmdLock = (
  path: Where,
  into: { readonly pte: LocalRead; readonly ptl: LocalRead },
  site: Site,
  line: number,
): Fragment<'next'> => wire(lookUp(path, into, site, line, false), { next: 'next', none: 'stopped' });

/** The same for a caller whose slot somebody else may have emptied: `none` leaves without a lock. */
export const lookUpOrNone = (
  path: Where,
  into: { readonly pte: LocalRead; readonly ptl: LocalRead },
  site: Site,
  line: number,
): Fragment<'next' | 'none'> => lookUp(path, into, site, line, true);

const lookUp = (
  { k, mm, slot, me }: Where,
  into: { readonly pte: LocalRead; readonly ptl: LocalRead },
  site: Site,
  line: number,
  mayBeNone: boolean,
): Fragment<'next' | 'none'> => {
  const pmd = pmdLockOf(k, mm);
  const table = k.slotTable.at(mm, slot);
  const split = lockIsInTable(k);
  const isNone = equal(table, NONE);
  return fragment({
    site,
    entry: 'lookup_lock_pmd',
    exits: ['next', 'none'],
    places: {
      lookup_lock_pmd: {
        line,
        says: 'pmd_lock()',
        kinds: split ? [] : ['pte lock taken'],
        on: [goIf(isFree(pmd), 'lookup', acquire(pmd, me))],
      },
      lookup: {
        line,
        says: 'read slot -> pte, ptl',
        on: [
          mayBeNone
            ? goIf(isNone, 'lookup_unlock_none' as const)
            : goIf(isNone, 'stopped' as const, derefEmptySlot('pte_lockptr')),
          go(split ? 'lock' : 'next', set(into.pte, table), set(into.ptl, table)),
        ],
      },
      lookup_unlock_none: {
        line,
        says: 'spin_unlock() of the pmd lock',
        on: [go('none', release(pmd, NONE))],
      },
      lock: {
        line,
        says: 'spin_lock(ptl)',
        kinds: ['pte lock taken'],
        on: [goIf(isFree(lockOf(k, mm, into.ptl)), 'lookup_unlock_pmd', takePteLock(k, mm, into.ptl, me))],
      },
      lookup_unlock_pmd: {
        line,
        says: 'spin_unlock() of the pmd lock',
        on: [go('next', release(pmd, NONE))],
      },
    },
  });
};
