import { storeEntry } from '../kernel/entry.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { type Path, pathOf, pathParameters } from '../kernel/path.ts';
import { softwareStore } from '../kernel/pte-lock.ts';
import { slotIsWritable } from '../kernel/slot.ts';
import { flushCanEnd, flushMm } from '../kernel/tlb.ts';
import { NONE } from '../language/expression.ts';
import { type Fragment, fragment, go, goIf, machine, wire } from '../language/machine.ts';
import { locals } from '../language/variable.ts';
import type { Edits } from '../variants/protocol.ts';
import { breakCowPte } from './break/break-cow-pte.ts';
import { callOfBreak, goesOnUnreported, leavesOnFailure } from './break/call.ts';
import { breakLocals } from './break/locals.ts';
import { plain } from './fault/site.ts';
import { breakWithRetry, type KernelPath, ordinary, type PathOptions } from './path.ts';
import { breakingWalk, soughtPage, type WalkLocals, walkLocals } from './rmap/locals.ts';
import { findSlot, leave, lockEntry, unlockEntry } from './rmap/walk.ts';
import { startAfter } from './start.ts';

const rmapBreakTables = 1;

/**
 * A walk with PVMW_BREAK_COW_PTE (patch 06), which changes the entry: after the first look at the slot break_cow_pte(), then
 * without a new look at the slot the walk goes on. A break that fails ends it as "not mapped". mmap_lock is not held, so a
 * fork may share the table again before anybody can look: the break is judged under its lock.
 */
const rmapBreak = (k: Kernel, edits: Edits, options: PathOptions) => {
  const path: Path = { ...pathOf(k, rmapBreakTables), judgesBreakUnderLock: true };
  const { local: l, declared } = locals({ ...breakLocals(k), ...walkLocals(k) });
  const end = leave(path);
  const unlock = wire(unlockEntry(path, l), { next: end });
  const changing = wire(protect(path, l), { next: unlock });
  const acting = edits.rmapLooksAgain ? wire(lookAgain(path), { next: changing, other: unlock }) : changing;
  const locking = wire(lockEntry(path, l), { next: acting, none: end, other: unlock });
  const posted = () => leavesOnFailure(breakCowPte(path, l, edits));
  const called = goesOnUnreported(callOfBreak('page_vma_mapped_walk', path, edits, posted, breakingWalk), l);
  const broken = wire(called, { done: locking, dropped: locking, left: end });
  const body = wire(findSlot(path), { next: broken, none: end });
  return machine('rmap-break', startAfter(path, options, body), {
    locals: declared,
    parameters: pathParameters,
  });
};

/**
 * The correction: a fork holds neither lock between the break and this one, and may have shared the table again. Then the walk
 * ends, as if the page were not mapped; the caller of the walk tries again.
 */
const lookAgain = ({ k, mm, slot }: Path): Fragment<'next' | 'other'> =>
  fragment({
    site: plain('page_vma_mapped_walk', 'mm/page_vma_mapped.c'),
    entry: 'pvmw_look_again',
    exits: ['next', 'other'],
    places: {
      pvmw_look_again: {
        line: 260,
        says: 'read slot: COW-ed again?',
        on: [goIf(slotIsWritable(k, mm, slot), 'next'), go('other')],
      },
    },
  });

/**
 * What page_mkclean_one() does to a writable or dirty entry, and try_to_unmap_one() and try_to_migrate_one() where they put back
 * what they took: clear, flush under the lock, store again, write-protected. The page stays, so nothing may be lost.
 */
const protect = (path: Path, l: WalkLocals): Fragment<'next'> => {
  const { k, mm, slot, entry, me } = path;
  return fragment({
    site: plain('page_vma_mkclean_one', 'mm/rmap.c'),
    entry: 'rmap_clear_entry',
    exits: ['next'],
    places: {
      rmap_clear_entry: {
        line: 974,
        says: 'clear entry',
        kinds: ['software store'],
        on: [go('rmap_flush', softwareStore(k, mm, slot, l.pte, me), storeEntry(k, l.pte, entry, NONE, 0))],
      },
      rmap_flush: {
        line: 974,
        says: 'flush the page from the TLBs',
        kinds: ['flush'],
        on: [goIf(flushCanEnd(k, mm), 'rmap_store_entry', flushMm(k, mm))],
      },
      rmap_store_entry: {
        line: 977,
        says: 'store entry: the page, read-only',
        kinds: ['software store'],
        on: [
          go('next', softwareStore(k, mm, slot, l.pte, me), storeEntry(k, l.pte, entry, soughtPage(path), 0)),
        ],
      },
    },
  });
};

export const rmapBreakPath: KernelPath = {
  ...ordinary,
  name: 'rmap-break',
  build: rmapBreak,
  tables: () => rmapBreakTables,
  seqIncrements: breakWithRetry,
  isTask: false,
};
