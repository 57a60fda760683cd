import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import { LIFE } from '../../kernel/kernel.ts';
import type { Path } from '../../kernel/path.ts';
import { storeSlot } from '../../kernel/slot.ts';
import { type Effect, set } from '../../language/effect.ts';
import { equal, minus, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named } from '../../language/machine.ts';
import { plain } from '../fault/site.ts';
import type { Taker, ZapLocals } from './locals.ts';

/**
 * free_pte_range(): read slot, clear it without any lock, hand the table to the gather, nr_ptes -1. The gather is private to
 * the thread, so the table enters it in the step that clears the slot. `discards`: what the caller was asked to discard.
 */
export const freePteRange = (
  { k, mm }: Path,
  l: ZapLocals,
  slot: number,
  by: Taker,
  discards: readonly Effect[] = [],
): Fragment<'next'> => {
  const gathered = l.gathered(slot, by);
  const table = k.slotTable.at(mm, slot);
  const nrPtes = k.nrPtes.at(mm);
  return named(
    'free_pte_range',
    fragment({
      site: plain('free_pte_range'),
      entry: 'read_slot',
      exits: ['next'],
      places: {
        read_slot: {
          line: 224,
          says: 'read slot -> table',
          on: [
            goIf(equal(table, NONE), 'stopped', derefEmptySlot('pmd_pgtable')),
            go('clear_slot', set(gathered, table)),
          ],
        },
        clear_slot: {
          line: 225,
          says: 'store slot: empty; table to the mmu_gather',
          kinds: ['table unlinked'],
          on: [
            go(
              'dec_nr_ptes',
              set(k.life.at(gathered), LIFE.unlinked),
              storeSlot(k, mm, slot, NONE, 0),
              set(l.flushDue, 1),
              discards,
            ),
          ],
        },
        dec_nr_ptes: { line: 227, says: 'nr_ptes -1', on: [go('next', set(nrPtes, minus(nrPtes, 1)))] },
      },
    }),
  );
};
