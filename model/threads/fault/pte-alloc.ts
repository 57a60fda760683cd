import { FAIL, mayFail, spendFailure } from '../../kernel/allocator.ts';
import type { Path } from '../../kernel/path.ts';
import { isFree, maySleep, pmdLockOf } from '../../kernel/pte-lock.ts';
import { slotIsNone, storeSlot } from '../../kernel/slot.ts';
import { allocateTable, freeUnpublished, publish } from '../../kernel/table.ts';
import { acquire, release, set } from '../../language/effect.ts';
import { differ, type LocalRead, NONE, plus } from '../../language/expression.ts';
import { divert, type Fragment, fragment, go, goIf, STEP, wire } from '../../language/machine.ts';
import { plain } from './site.ts';

/** What properties ask for: an empty table was put where the slot was empty. */
const INSTALLS_EMPTY = 'fault installs an empty table';

/** pte_alloc(): if the slot is empty, a table is allocated and installed under the pmd lock after a second look. */
export const pteAlloc = (
  path: Path,
  newTable: LocalRead,
  caller: {
    readonly name: string;
    readonly line: number;
    readonly source?: string;
    readonly file?: string;
  },
): Fragment<'next' | 'failed'> => {
  const { k, mm, slot, me, pool, poolSize } = path;
  const allocate = fragment({
    site: plain('__pte_alloc'),
    entry: 'alloc_check_none',
    exits: ['next', 'failed', 'install'],
    places: {
      alloc_check_none: {
        site: {
          ...plain(caller.name, caller.file),
          ...(caller.source !== undefined && { source: caller.source }),
        },
        line: caller.line,
        says: 'read slot: empty?',
        on: [goIf(slotIsNone(k, mm, slot), 'alloc_table'), go('next')],
      },
      alloc_table: {
        line: 468,
        says: 'allocate a table',
        kinds: ['table allocated'],
        on: {
          [STEP]: [go('install', maySleep(k, me), allocateTable(k, pool, poolSize, newTable))],
          [FAIL]: [goIf(mayFail(k), 'failed', spendFailure(k))],
        },
      },
    },
  });
  const free = fragment({
    site: plain('__pte_alloc'),
    entry: 'free_unused',
    exits: ['next'],
    places: {
      free_unused: {
        line: 474,
        says: 'free the table that is not needed',
        on: [go('next', freeUnpublished(k, newTable), set(newTable, NONE))],
      },
    },
  });
  const installed = divert(pmdInstall(path, newTable), 'next', differ(newTable, NONE), 'unused');
  return wire(allocate, {
    next: 'next',
    failed: 'failed',
    install: wire(installed, { next: 'next', unused: free }),
  });
};

/** What pmd_install() puts into the slot: W, and whether the table is seen by others for the first time. */
interface Installed {
  readonly says: string;
  readonly writable: 0 | 1;
  readonly fresh: boolean;
  readonly kind: string;
}

const emptyTable: Installed = {
  says: 'the empty table, writable',
  writable: 1,
  fresh: true,
  kind: INSTALLS_EMPTY,
};

/** pmd_install(): under the pmd lock, if the slot is still empty. What is not installed stays in the local. */
export const pmdInstall = (
  { k, mm, slot, me }: Path,
  table: LocalRead,
  what: Installed = emptyTable,
): Fragment<'next'> => {
  const lock = pmdLockOf(k, mm);
  const published = what.fresh ? [publish(k, table)] : [];
  return fragment({
    site: plain('pmd_install'),
    entry: 'lock_pmd',
    exits: ['next'],
    places: {
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
        says: `store slot: ${what.says}`,
        kinds: [what.kind],
        on: [go('unlock_pmd', storeSlot(k, mm, slot, table, what.writable), published, set(table, NONE))],
      },
      unlock_pmd: {
        line: 463,
        says: 'spin_unlock() of the pmd lock',
        on: [go('next', release(lock, NONE))],
      },
    },
  });
};
