import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import type { Path } from '../../kernel/path.ts';
import { slotIsNone, slotIsTable, slotIsWritable, storeSlot } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { set, warnUnless } from '../../language/effect.ts';
import { both, equal, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, wire } from '../../language/machine.ts';
import type { Edits } from '../../variants/protocol.ts';
import { plain } from '../fault/site.ts';
import { freePteRange } from './free-pte-range.ts';
import { FREE_WARNS } from './free-warns.ts';
import type { ZapLocals } from './locals.ts';
import { freeSite } from './site.ts';
import { giveUpOrWarnV4 } from './v4/free-slot.ts';

/** free_pmd_range() for one slot: what the patch adds, then pmd_none_or_clear_bad(), then free_pte_range(). */
export const freeSlot = (path: Path, l: ZapLocals, edits: Edits, slot: number): Fragment<'next'> => {
  const free = freePteRange(path, l, slot, 'free');
  const rest = wire(noneOrBad({ ...path, slot }), { next: 'next', free });
  const asText = edits.zapText?.freePmdRange;
  if (asText) {
    const text = named('text', asText({ ...path, slot }, l));
    return named(`free_${slot}`, wire(text, { next: 'next', rest }));
  }
  const added =
    edits.break === 'v4'
      ? wire(giveUpOrWarnV4(path, l, slot), { next: rest, free })
      : wire(warnIfShared(path, l, slot), { next: rest });
  return named(`free_${slot}`, added);
};

/** Patch 05: a COW-ed slot should not be met here any more, and if so with count 1. */
const warnIfShared = ({ k, mm }: Path, l: ZapLocals, slot: number): Fragment<'next'> => {
  const table = k.slotTable.at(mm, slot);
  return fragment({
    site: freeSite,
    entry: 'check_none',
    exits: ['next'],
    places: {
      check_none: {
        line: 197,
        says: 'read slot: empty?',
        on: [goIf(slotIsNone(k, mm, slot), 'next'), go('check_writable')],
      },
      check_writable: {
        line: 197,
        says: 'read slot: writable?',
        on: [goIf(slotIsWritable(k, mm, slot), 'next'), go(k.shape.debugVm ? 'warn_read_slot' : 'next')],
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
            'next',
            notFreed(k, l.seen, 'count read'),
            warnUnless(
              'warn-free-shared',
              equal(k.count.at(l.seen), 1),
              'count 1 for a COW-ed slot at free_pmd_range()',
              '{0} has count {1}',
              [l.seen, k.count.at(l.seen)],
            ),
          ),
        ],
      },
    },
  });
};

/**
 * pmd_none_or_clear_bad() reads the slot twice. On x86 a slot with W=0 is bad (arch/x86/include/asm/pgtable.h pmd_bad()), and
 * so is one that leads to no table: it is reported and cleared; nothing is put, nothing freed.
 */
export const noneOrBad = ({ k, mm, slot }: Path): Fragment<'next' | 'free'> =>
  fragment({
    site: plain('pmd_none_or_clear_bad', 'include/linux/pgtable.h'),
    entry: 'recheck_none',
    exits: ['next', 'free'],
    places: {
      recheck_none: {
        line: 906,
        says: 'read slot: empty?',
        on: [goIf(slotIsNone(k, mm, slot), 'next'), go('check_bad')],
      },
      check_bad: {
        line: 908,
        says: 'read slot: bad?',
        on: [goIf(both(slotIsTable(k, mm, slot), slotIsWritable(k, mm, slot)), 'free'), go('clear_bad')],
      },
      clear_bad: {
        site: plain('pmd_clear_bad', 'mm/pgtable-generic.c'),
        line: 52,
        says: 'report the bad slot, store slot: empty',
        kinds: ['bad slot cleared'],
        on: [go('next', storeSlot(k, mm, slot, NONE, 0))],
      },
    },
  });
