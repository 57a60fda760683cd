import { entryIsPresent } from '../../kernel/entry.ts';
import type { Path } from '../../kernel/path.ts';
import { isFree, lockIsInTable, lockOf, pmdLockOf, takePteLock } from '../../kernel/pte-lock.ts';
import { slotIsTable } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { acquire, release, set } from '../../language/effect.ts';
import { both, equal, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf } from '../../language/machine.ts';
import { plain } from '../fault/site.ts';
import { soughtPage, type WalkLocals } from './locals.ts';

const site = plain('map_pte', 'mm/page_vma_mapped.c');

/**
 * The corrected map_pte(): one read of the slot, under the pmd lock, yields the address and the lock. An empty slot ends the walk.
 */
export const lockEntryUnderPmdLock = (
  { k, mm, slot, entry, me, ...rest }: Path,
  l: WalkLocals,
): Fragment<'next' | 'none' | 'other'> => {
  const pmd = pmdLockOf(k, mm);
  const table = k.slotTable.at(mm, slot);
  const page = soughtPage({ k, mm, slot, entry, me, ...rest });
  const read = notFreed(k, l.pte, 'entry read');
  const split = lockIsInTable(k);
  return fragment({
    site,
    entry: 'pvmw_lock_pmd',
    exits: ['next', 'none', 'other'],
    places: {
      pvmw_lock_pmd: {
        line: 18,
        says: 'pmd_lock()',
        kinds: split ? [] : ['pte lock taken'],
        on: [goIf(isFree(pmd), 'pvmw_lookup', acquire(pmd, me))],
      },
      pvmw_lookup: {
        line: 18,
        says: 'read slot -> pte, ptl',
        on: [
          goIf(
            slotIsTable(k, mm, slot),
            split ? 'pvmw_lock' : 'pvmw_check',
            set(l.pte, table),
            set(l.ptl, table),
          ),
          go('pvmw_unlock_pmd_none'),
        ],
      },
      pvmw_unlock_pmd_none: {
        line: 18,
        says: 'spin_unlock() of the pmd lock',
        on: [go('none', release(pmd, NONE))],
      },
      pvmw_lock: {
        line: 52,
        says: 'spin_lock(ptl)',
        kinds: ['pte lock taken'],
        on: [goIf(isFree(lockOf(k, mm, l.ptl)), 'pvmw_unlock_pmd', takePteLock(k, mm, l.ptl, me))],
      },
      pvmw_unlock_pmd: {
        line: 52,
        says: 'spin_unlock() of the pmd lock',
        on: [go('pvmw_check', release(pmd, NONE))],
      },
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
