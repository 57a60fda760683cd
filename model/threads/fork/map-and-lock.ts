import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import type { Path } from '../../kernel/path.ts';
import { isFree, lockIsInTable, lockOf, takePteLock } from '../../kernel/pte-lock.ts';
import { set } from '../../language/effect.ts';
import { equal, type LocalRead, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, type Site } from '../../language/machine.ts';

/** Where one of the two tables is mapped and locked. */
interface MapLines {
  readonly map: number;
  readonly lockptr: number;
  readonly lock: number;
}

/**
 * pte_offset_map(), pte_lockptr(), spin_lock(): the address of the entries before the lock, by two reads of the slot which may
 * see different tables. `whose` tells the parent's table, src, from the child's, dst.
 */
export const mapAndLock = (
  { k, mm, slot, me }: Path,
  into: { readonly pte: LocalRead; readonly ptl: LocalRead },
  whose: 'src' | 'dst',
  site: Site,
  lines: MapLines,
): Fragment<'next'> => {
  const table = k.slotTable.at(mm, slot);
  return fragment({
    site,
    entry: `map_${whose}`,
    exits: ['next'],
    places: {
      [`map_${whose}`]: {
        line: lines.map,
        says: `read slot -> ${whose}_pte`,
        on: [go(lockIsInTable(k) ? `lockptr_${whose}` : `lock_${whose}`, set(into.pte, table))],
      },
      [`lockptr_${whose}`]: {
        line: lines.lockptr,
        says: `read slot -> ${whose}_ptl`,
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('pte_lockptr')),
          go(`lock_${whose}`, set(into.ptl, table)),
        ],
      },
      [`lock_${whose}`]: {
        line: lines.lock,
        says: `spin_lock(${whose}_ptl)`,
        kinds: ['pte lock taken'],
        on: [goIf(isFree(lockOf(k, mm, into.ptl)), 'next', takePteLock(k, mm, into.ptl, me))],
      },
    },
  });
};
