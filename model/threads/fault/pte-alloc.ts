import { FAIL, mayFail, spendFailure } from '../../kernel/allocator.ts';
import type { Path } from '../../kernel/path.ts';
import { isFree, maySleep, pmdLockOf } from '../../kernel/pte-lock.ts';
import { slotIsNone, storeSlot } from '../../kernel/slot.ts';
import { allocateTable, freeUnpublished, publish } from '../../kernel/table.ts';
import { acquire, release, set } from '../../language/effect.ts';
import { differ, type LocalRead, NONE, plus } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, STEP } from '../../language/machine.ts';
import { plain } from './site.ts';

/** What properties ask for: an empty table was put where the slot was empty. */
export const INSTALLS_EMPTY = 'fault installs an empty table';

/** pte_alloc(): if the slot is empty, a table is allocated and installed under the pmd lock after a second look. */
export const pteAlloc = (
  { k, mm, slot, me, pool, poolSize }: Path,
  newTable: LocalRead,
  caller: { readonly name: string; readonly line: number; readonly source?: string },
): Fragment<'next' | 'failed'> => {
  const lock = pmdLockOf(k, mm);
  return fragment({
    site: plain('pmd_install'),
    entry: 'alloc_check_none',
    exits: ['next', 'failed'],
    places: {
      alloc_check_none: {
        site: { ...plain(caller.name), ...(caller.source !== undefined && { source: caller.source }) },
        line: caller.line,
        says: 'read slot: empty?',
        on: [goIf(slotIsNone(k, mm, slot), 'alloc_table'), go('next')],
      },
      alloc_table: {
        site: plain('__pte_alloc'),
        line: 468,
        says: 'allocate a table',
        kinds: ['table allocated'],
        on: {
          [STEP]: [go('lock_pmd', maySleep(k, me), allocateTable(k, pool, poolSize, newTable))],
          [FAIL]: [goIf(mayFail(k), 'failed', spendFailure(k))],
        },
      },
      lock_pmd: {
        line: 442,
        says: 'pmd_lock()',
        on: [goIf(isFree(lock), 'recheck_none', acquire(lock, me))],
      },
      recheck_none: {
        line: 444,
        says: 'read slot: still empty?',
        on: [goIf(slotIsNone(k, mm, slot), 'inc_nr_ptes'), go('unlock_pmd')],
      },
      inc_nr_ptes: {
        line: 445,
        says: 'nr_ptes +1',
        on: [go('populate', set(k.nrPtes.at(mm), plus(k.nrPtes.at(mm), 1)))],
      },
      populate: {
        line: 460,
        says: 'store slot: the empty table, writable',
        kinds: [INSTALLS_EMPTY],
        on: [
          go('unlock_pmd', storeSlot(k, mm, slot, newTable, 1), publish(k, newTable), set(newTable, NONE)),
        ],
      },
      unlock_pmd: {
        line: 463,
        says: 'spin_unlock() of the pmd lock',
        on: [
          goIf(differ(newTable, NONE), 'free_unused', release(lock, NONE)),
          go('next', release(lock, NONE)),
        ],
      },
      free_unused: {
        site: plain('__pte_alloc'),
        line: 474,
        says: 'free the table that is not needed',
        on: [go('next', freeUnpublished(k, newTable), set(newTable, NONE))],
      },
    },
  });
};
