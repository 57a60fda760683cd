import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import type { Path } from '../../kernel/path.ts';
import { slotIsNone, slotIsWritable } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { set, warnUnless } from '../../language/effect.ts';
import { equal, greater, type LocalRead, NONE, not } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf } from '../../language/machine.ts';
import { handleMmFault } from './site.ts';

/**
 * The warning that patch 04 adds at the end of __handle_mm_fault(): every fault, read by read and without a lock. The
 * first read is outside the VM_WARN_ON, the others only happen with CONFIG_DEBUG_VM.
 */
export const warnSharedWritable = ({ k, mm, slot }: Path, seen: LocalRead): Fragment<'next'> => {
  const table = k.slotTable.at(mm, slot);
  return fragment({
    site: handleMmFault,
    entry: 'warn_check_none',
    exits: ['next'],
    places: {
      warn_check_none: {
        line: 5721,
        comment: 5716,
        says: 'read slot: empty?',
        on: [goIf(slotIsNone(k, mm, slot), 'next'), go(k.shape.debugVm ? 'warn_read_slot' : 'next')],
      },
      warn_read_slot: {
        line: 5722,
        comment: 5716,
        says: 'read slot for the count',
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('cow_pte_count')),
          go('warn_read_count', set(seen, table)),
        ],
      },
      warn_read_count: {
        line: 5722,
        comment: 5716,
        says: 'read count: above 1?',
        kinds: ['fault warning evaluated'],
        on: [
          goIf(greater(k.count.at(seen), 1), 'warn_read_writable', notFreed(k, seen, 'count read')),
          go('next', notFreed(k, seen, 'count read')),
        ],
      },
      warn_read_writable: {
        line: 5722,
        comment: 5716,
        says: 'read slot: writable?',
        on: [
          go(
            'next',
            warnUnless(
              'warn-shared-writable',
              not(slotIsWritable(k, mm, slot)),
              'a slot without W after a count above 1 was read',
              'the slot points to {0} with W=1',
              [table],
            ),
          ),
        ],
      },
    },
  });
};
