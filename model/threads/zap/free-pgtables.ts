import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import type { Path } from '../../kernel/path.ts';
import { slotIsTable, slotIsWritable, storeSlot } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { assert, set } from '../../language/effect.ts';
import { equal, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, wire } from '../../language/machine.ts';
import { plain } from '../fault/site.ts';
import { freePteRange } from './gather.ts';
import type { ZapLocals } from './locals.ts';
import { freeSite } from './site.ts';

/** What properties ask for: free_pmd_range() met a COW-ed slot and evaluated its warning. */
export const FREE_WARNS = 'free_pmd_range warning evaluated';

/**
 * free_pmd_range() of patch 05 for one slot: the warning, then pmd_none_or_clear_bad(). On x86 a slot with W=0 is bad
 * (arch/x86/include/asm/pgtable.h pmd_bad()): it is reported and cleared; nothing is put, nothing freed.
 */
export const freeSlot = (path: Path, l: ZapLocals, slot: number): Fragment<'next'> => {
  const { k, mm } = path;
  const table = k.slotTable.at(mm, slot);
  const body = fragment({
    site: freeSite,
    entry: 'check_none',
    exits: ['next', 'free'],
    places: {
      check_none: {
        line: 197,
        says: 'read slot: empty?',
        on: [goIf(slotIsTable(k, mm, slot), 'check_writable'), go('check_bad')],
      },
      check_writable: {
        line: 197,
        says: 'read slot: writable?',
        on: [
          goIf(slotIsWritable(k, mm, slot), 'check_bad'),
          go(k.shape.debugVm ? 'warn_read_slot' : 'check_bad'),
        ],
      },
      warn_read_slot: {
        line: 198,
        says: 'read slot for the count',
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('cow_pte_count')),
          go('warn_read_count', set(l.seen, table)),
        ],
      },
      warn_read_count: {
        line: 198,
        says: 'read count: 1?',
        kinds: [FREE_WARNS],
        on: [
          go(
            'check_bad',
            notFreed(k, l.seen, 'count read'),
            assert(
              'warn-free-shared',
              equal(k.count.at(l.seen), 1),
              'count 1 for a COW-ed slot at free_pmd_range()',
              '{0} has count {1}',
              [l.seen, k.count.at(l.seen)],
            ),
          ),
        ],
      },
      check_bad: {
        site: plain('pmd_none_or_clear_bad', 'include/linux/pgtable.h'),
        line: 1157,
        says: 'read slot: empty or bad?',
        on: [
          goIf(slotIsWritable(k, mm, slot), 'free'),
          goIf(slotIsTable(k, mm, slot), 'clear_bad'),
          go('next'),
        ],
      },
      clear_bad: {
        site: plain('pmd_clear_bad', 'mm/pgtable-generic.c'),
        line: 52,
        says: 'report the bad slot, store slot: empty',
        on: [go('next', storeSlot(k, mm, slot, NONE, 0))],
      },
    },
  });
  return named(`free_${slot}`, wire(body, { next: 'next', free: freePteRange(path, l, slot) }));
};
