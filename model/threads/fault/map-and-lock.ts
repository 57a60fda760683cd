import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import type { Path } from '../../kernel/path.ts';
import { isFree, lockIsInTable, lockOf, takePteLock } from '../../kernel/pte-lock.ts';
import { set } from '../../language/effect.ts';
import { equal, type LocalRead, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, type Site } from '../../language/machine.ts';

/**
 * pte_offset_map_lock() of v6.3 (include/linux/mm.h): the lock from one read of the slot, the address of the entries from
 * another, then the lock; the slot is not looked at again.
 */
export const pteOffsetMapLock = (
  { k, mm, slot, me }: Path,
  into: { readonly pte: LocalRead; readonly ptl: LocalRead },
  site: Site,
  line: number,
): Fragment<'next'> => {
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
