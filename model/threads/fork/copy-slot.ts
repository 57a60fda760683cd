import { slotIsDevmap, slotIsHuge, slotIsNone, slotIsSwap, slotIsWritable } from '../../kernel/slot.ts';
import { set } from '../../language/effect.ts';
import { divert, type Fragment, fragment, go, goIf, named, sequence, wire } from '../../language/machine.ts';
import type { ForkText, VmaPart } from '../../variants/protocol.ts';
import { plain } from '../fault/site.ts';
import { copyRest } from './copy-rest.ts';
import { copySharedTable } from './copy-table.ts';
import type { FallBackLocals, ForkLocals, ForkPath } from './locals.ts';
import { shareInOneSection } from './one-section.ts';
import { recover } from './recover.ts';
import { type PostedOrder, shareTable } from './share-table.ts';
import { pmdRangeSite } from './site.ts';
import { writeProtect } from './write-protect.ts';

/** As posted in one of two orders; all in one section; or as a text says it. */
export type ForkOrder = PostedOrder | 'one-section' | ForkText;

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
  if (typeof order === 'object') return copySlotAsText(path, l, f, order, vma);
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

/** What the text says of a table, behind the tests that the kernel makes before. A vma that was cut is not the whole 2 MiB. */
const copySlotAsText = (
  path: ForkPath,
  l: ForkLocals,
  f: FallBackLocals | null,
  text: ForkText,
  vma: VmaOfSlot,
): Fragment<'next' | 'failed'> => {
  const rest = f && vma !== 'second' ? copyRest(path, l, f, vma !== 'whole') : null;
  const added = (part: VmaPart): Fragment<'next' | 'failed'> =>
    wire(named(part, text.copyPmdRange(path, { part, copiesRest: rest !== null })), {
      next: 'next',
      failed: 'failed',
      rest: rest ?? 'next',
    });
  if (vma !== 'first') return wire(hugeTests(path), { next: 'next', table: added(vma) });
  const tests = divert(hugeTests(path), 'table', path.k.vmaSplit.at(path.mm, path.slot), 'cut');
  return wire(tests, { next: 'next', table: added('whole'), cut: added('first') });
};

const preChecks = (path: ForkPath): Fragment<'next' | 'share'> =>
  wire(hugeTests(path), { next: 'next', table: tableTests(path) });

/** What is no table is left to the code for huge pages. */
const hugeTests = ({ k, mm, slot, child }: ForkPath): Fragment<'next' | 'table'> =>
  fragment({
    site: plain('copy_pmd_range'),
    entry: 'check_swap',
    exits: ['next', 'table'],
    places: {
      check_swap: {
        line: 1163,
        says: 'read slot: swap?',
        on: [goIf(slotIsSwap(k, mm, slot), 'copy_huge'), go('check_huge')],
      },
      check_huge: {
        line: 1163,
        says: 'read slot: huge?',
        on: [goIf(slotIsHuge(k, mm, slot), 'copy_huge'), go('check_devmap')],
      },
      check_devmap: {
        line: 1164,
        says: 'read slot: devmap?',
        on: [goIf(slotIsDevmap(k, mm, slot), 'copy_huge'), go('table')],
      },
      // Under the pmd locks of both. Nobody else changes such a slot.
      copy_huge: {
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
    },
  });

/** What patch 03 adds before it shares the table. */
const tableTests = ({ k, mm, slot, child }: ForkPath): Fragment<'next' | 'share'> =>
  fragment({
    site: pmdRangeSite,
    entry: 'check_none',
    exits: ['next', 'share'],
    places: {
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
