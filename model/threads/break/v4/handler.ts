import type { Path } from '../../../kernel/path.ts';
import { flushCanEnd, flushMm } from '../../../kernel/tlb.ts';
import { set } from '../../../language/effect.ts';
import { minus, NONE } from '../../../language/expression.ts';
import {
  type Fragment,
  fragment,
  go,
  goIf,
  named,
  relocated,
  sequence,
  wire,
} from '../../../language/machine.ts';
import { asPosted } from '../../../variants/protocol.ts';
import { pteOffsetMapLock } from '../../fault/map-and-lock.ts';
import { pteAlloc } from '../../fault/pte-alloc.ts';
import { copyEntries } from '../copy.ts';
import type { BreakLocals } from '../locals.ts';
import { preChecks } from '../pre-checks.ts';
import { reuseTable, testCount } from '../reuse.ts';
import { BREAK_OPEN, closeSections, openSections } from '../section.ts';
import { storeSlotInBreak } from '../slot-store.ts';
import { v4Site } from './site.ts';
import { lockCowed, putOrTakeBack } from './take-back.ts';

const tags = [BREAK_OPEN];

/** Where the lines that v4 shares with v5 stand in v4's mm/memory.c. */
const v4Lines: Readonly<Record<number, number>> = {
  5229: 5251,
  5232: 5254,
  5247: 5271,
  5248: 5272,
  5257: 5279,
  5258: 5280,
  5259: 5281,
  5260: 5282,
  5264: 5286,
  5364: 5366,
  5329: 5318,
  5331: 5320,
  5366: 5368,
  5367: 5369,
  5370: 5371,
};
const asInV4 = <X extends string>(part: Fragment<X>): Fragment<X> => relocated(part, 'v4-03', v4Lines);

/**
 * handle_cow_pte_fault() of version 4. It asserts that mmap_lock is held for write, which page faults do not do; with that
 * it empties the slot without any lock, allocates into the live slot, and copies under both locks.
 */
export const handleCowPteFaultV4 = (path: Path, l: BreakLocals): Fragment<'done' | 'failed'> => {
  const out = asInV4(closeSections(path, l, asPosted));
  const flush = wire(flushRange(path), { next: out });
  const source = { pte: l.src, ptl: l.srcPtl };
  const target = { pte: l.dst, ptl: l.dstPtl };
  const allocate = named(
    'alloc',
    pteAlloc(path, l.newTable, { name: 'pte_alloc_map_lock', line: 5297, source: 'v4-03' }),
  );
  const slow = sequence<'flush'>(
    named('dst', pteOffsetMapLock(path, target, v4Site, 5297)),
    lockCowed(path, l),
    asInV4(copyEntries(path, { ...l, newTable: l.dst }, 'mapped')),
    putOrTakeBack(path, l),
  );
  const emptied = wire(emptySlot(path, l), {
    next: wire(allocate, {
      next: wire(slow, { next: flush, flush }),
      failed: wire(restoreSlot(path, l), { out }),
    }),
  });
  const first = sequence<'reuse'>(
    openSectionsOf(path, l),
    named('src', pteOffsetMapLock(path, source, v4Site, 5278)),
    asInV4(testCount(path, l)),
  );
  const reuse = wire(asInV4(reuseTable(path, l, { read: 5258, comment: 5250 }, false)), { flush });
  return wire(asInV4(preChecks(path)), { next: wire(first, { next: emptied, reuse }), done: 'done' });
};

const openSectionsOf = (path: Path, l: BreakLocals): Fragment<'next'> =>
  asInV4(openSections(path, l, asPosted));

/** READ_ONCE of the slot, nr_ptes--, then the slot is emptied: all without a lock. */
const emptySlot = (path: Path, l: BreakLocals): Fragment<'next'> => {
  const { k, mm, slot } = path;
  return fragment({
    site: v4Site,
    entry: 'read_cowed_entry',
    exits: ['next'],
    places: {
      read_cowed_entry: {
        line: 5293,
        says: 'read slot -> cowed_entry',
        tags,
        on: [
          go(
            'dec_nr_ptes',
            set(l.cowedTable, k.slotTable.at(mm, slot)),
            set(l.cowedWritable, k.slotWritable.at(mm, slot)),
          ),
        ],
      },
      dec_nr_ptes: {
        line: 5295,
        says: 'nr_ptes -1',
        tags,
        on: [go('clear_slot', set(k.nrPtes.at(mm), minus(k.nrPtes.at(mm), 1)))],
      },
      clear_slot: {
        line: 5296,
        says: 'store slot: empty',
        kinds: ['break stores to a slot', 'break empties the slot'],
        tags,
        on: [go('next', storeSlotInBreak(path, NONE, 0))],
      },
    },
  });
};

/** The allocation failed: the old value is stored back; nr_ptes stays one too low. */
const restoreSlot = (path: Path, l: BreakLocals): Fragment<'out'> =>
  fragment({
    site: v4Site,
    entry: 'restore_slot',
    exits: ['out'],
    places: {
      restore_slot: {
        line: 5300,
        says: 'store slot: cowed_entry',
        kinds: ['break fails', 'break stores to a slot'],
        tags,
        on: [go('out', storeSlotInBreak(path, l.cowedTable, l.cowedWritable), set(l.failed, 1))],
      },
    },
  });

const flushRange = ({ k, mm }: Path): Fragment<'next'> =>
  fragment({
    site: v4Site,
    entry: 'flush_tlb',
    exits: ['next'],
    places: {
      flush_tlb: {
        line: 5366,
        says: 'flush_tlb_range() of the 2 MiB',
        kinds: ['flush'],
        tags,
        on: [goIf(flushCanEnd(k, mm), 'next', flushMm(k, mm))],
      },
    },
  });
