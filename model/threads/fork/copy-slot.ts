import { slotIsDevmap, slotIsHuge, slotIsNone, slotIsSwap, slotIsWritable } from '../../kernel/slot.ts';
import { set } from '../../language/effect.ts';
import { type Fragment, fragment, go, goIf, sequence, wire } from '../../language/machine.ts';
import { plain } from '../fault/site.ts';
import { copyRest } from './copy-rest.ts';
import { copySharedTable } from './copy-table.ts';
import type { FallBackLocals, ForkLocals, ForkPath } from './locals.ts';
import { shareInOneSection } from './one-section.ts';
import { recover } from './recover.ts';
import { type ForkOrder, shareTable } from './share-table.ts';
import { pmdRangeSite } from './site.ts';
import { writeProtect } from './write-protect.ts';

/** Which vma of the slot is copied: the only one that it can have; or the first or second, where it may have been cut. */
export type VmaOfSlot = 'whole' | 'first' | 'second';

/**
 * copy_pmd_range() for one slot: what is no table is left to the code for huge pages; an empty slot, and one that a vma before
 * this one has shared with the child, are passed over; else the table is shared.
 */
export const copySlot = (
  path: ForkPath,
  l: ForkLocals,
  f: FallBackLocals | null,
  order: ForkOrder,
  vma: VmaOfSlot,
): Fragment<'next' | 'failed'> => {
  const vmasAreSplit = vma !== 'whole';
  const protect = order === 'wrprotect-first' ? [] : [writeProtect(path, l)];
  const copied = sequence<'pinned'>(copySharedTable(path, l, vmasAreSplit), ...protect);
  // Entry 0 is pinned, and not in the second vma of a slot.
  const rest = f && vma !== 'second' ? [copyRest(path, l, f, vmasAreSplit)] : [];
  if (order === 'one-section') {
    const pinned = rest[0] ?? ('next' as const);
    return wire(preChecks(path), {
      next: 'next',
      share: wire(shareInOneSection(path, l), { next: 'next', pinned }),
    });
  }
  const ordinary = f ? sequence<'failed'>(recover(path, l, f), ...rest) : ('next' as const);
  const shared = wire(sequence<'pinned'>(shareTable(path, l, order), copied), {
    next: 'next',
    pinned: ordinary,
  });
  return wire(preChecks(path), { next: 'next', share: shared });
};

const preChecks = ({ k, mm, slot, child }: ForkPath): Fragment<'next' | 'share'> =>
  fragment({
    site: pmdRangeSite,
    entry: 'check_swap',
    exits: ['next', 'share'],
    places: {
      check_swap: {
        site: plain('copy_pmd_range'),
        line: 1163,
        says: 'read slot: swap?',
        on: [goIf(slotIsSwap(k, mm, slot), 'copy_huge'), go('check_huge')],
      },
      check_huge: {
        site: plain('copy_pmd_range'),
        line: 1163,
        says: 'read slot: huge?',
        on: [goIf(slotIsHuge(k, mm, slot), 'copy_huge'), go('check_devmap')],
      },
      check_devmap: {
        site: plain('copy_pmd_range'),
        line: 1164,
        says: 'read slot: devmap?',
        on: [goIf(slotIsDevmap(k, mm, slot), 'copy_huge'), go('check_none')],
      },
      // Under the pmd locks of both. Nobody else changes such a slot.
      copy_huge: {
        site: plain('copy_pmd_range'),
        line: 1167,
        says: "copy_huge_pmd(): store the child's slot",
        on: [
          go(
            'next',
            set(k.slotKind.at(child, slot), k.slotKind.at(mm, slot)),
            set(k.slotWritable.at(child, slot), k.slotWritable.at(mm, slot)),
          ),
        ],
      },
      check_none: {
        line: 1400,
        comment: 1396,
        says: 'read slot: empty?',
        on: [goIf(slotIsNone(k, mm, slot), 'next'), go('check_child_none')],
      },
      check_child_none: {
        line: 1403,
        comment: 1402,
        says: "read the child's slot: empty?",
        on: [goIf(slotIsNone(k, child, slot), 'share'), go('check_child_writable')],
      },
      check_child_writable: {
        line: 1403,
        comment: 1402,
        says: "read the child's slot: writable?",
        on: [goIf(slotIsWritable(k, child, slot), 'share'), go('next')],
      },
    },
  });
