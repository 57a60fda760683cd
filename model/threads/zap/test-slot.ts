import type { Path } from '../../kernel/path.ts';
import { isFree, pmdLockOf } from '../../kernel/pte-lock.ts';
import { slotIsNone, slotIsTable, slotIsWritable, storeSlot } from '../../kernel/slot.ts';
import { acquire, release } from '../../language/effect.ts';
import { NONE } from '../../language/expression.ts';
import { counted, type Fragment, fragment, go, goIf, wire } from '../../language/machine.ts';
import type { Edits } from '../../variants/protocol.ts';
import { plain } from '../fault/site.ts';
import type { ZapRequest } from './request.ts';
import { zapSite } from './site.ts';

/**
 * The tests of zap_pmd_range() and zap_pte_range(). The reads for swap, huge and devmap before the one shown find nothing in a
 * slot that is empty or leads to a table, so one read stands for the four. Whether the vma covers the 2 MiB is a matter of
 * its bounds, which do not change while mmap_lock or i_mmap is held.
 */
export const testSlot = (
  path: Path,
  request: ZapRequest,
  edits: Edits,
): Fragment<'next' | 'writable' | 'cowed' | 'broken'> =>
  wire(testPmd(path, request), { next: 'next', table: testWritable(path, request, edits) });

const testWritable = (
  { k, mm }: Path,
  { slot, covered }: ZapRequest,
  edits: Edits,
): Fragment<'writable' | 'cowed' | 'broken'> => {
  const zap = 'zap of a COW-ed slot';
  const cowed = counted(go('cowed' as const), zap);
  const broken = counted(go('broken' as const), zap);
  const onCowed = {
    yes: [cowed],
    no: [broken],
    'unless-split': [{ ...broken, guard: k.vmaSplit.at(mm, slot) }, cowed],
  };
  return fragment({
    site: zapSite,
    entry: 'check_writable',
    exits: ['writable', 'cowed', 'broken'],
    places: {
      check_writable: {
        line: edits.break === 'v4' ? 1690 : 1804,
        says: 'read slot: writable?',
        on: [goIf(slotIsWritable(k, mm, slot), 'writable'), ...onCowed[covered]],
      },
    },
  });
};

/** Those of zap_pmd_range(). */
export const testPmd = (
  { k, mm, me }: Path,
  { slot, range }: Pick<ZapRequest, 'slot' | 'range'>,
): Fragment<'next' | 'table'> => {
  const lock = pmdLockOf(k, mm);
  // A part of something huge is first split into entries, and something huge is not what a COW-ed slot is about.
  const other = range === 'whole' ? ('lock_pmd' as const) : ('next' as const);
  const huge = { site: plain('zap_huge_pmd', 'mm/huge_memory.c') };
  const unlock = 'spin_unlock() of the pmd lock';
  return fragment({
    site: plain('zap_pmd_range'),
    entry: 'check_none',
    exits: ['next', 'table'],
    places: {
      check_none: {
        line: 1570,
        says: 'read slot: a table?',
        on: [goIf(slotIsTable(k, mm, slot), 'table'), goIf(slotIsNone(k, mm, slot), 'next'), go(other)],
      },
      lock_pmd: {
        ...huge,
        line: 1659,
        says: 'pmd_lock()',
        on: [goIf(isFree(lock), 'recheck_huge', acquire(lock, me))],
      },
      recheck_huge: {
        ...huge,
        line: 1668,
        says: 'read slot: still no table? store slot: empty',
        on: [
          goIf(slotIsTable(k, mm, slot), 'unlock_table'),
          go('unlock_pmd', storeSlot(k, mm, slot, NONE, 0)),
        ],
      },
      unlock_table: { ...huge, line: 1661, says: unlock, on: [go('table', release(lock, NONE))] },
      unlock_pmd: { ...huge, line: 1709, says: unlock, on: [go('next', release(lock, NONE))] },
    },
  });
};
