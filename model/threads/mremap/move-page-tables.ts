import type { Path } from '../../kernel/path.ts';
import { maySleep } from '../../kernel/pte-lock.ts';
import { slotIsDevmap, slotIsHuge, slotIsNone, slotIsSwap } from '../../kernel/slot.ts';
import { flushCanEnd, flushMm } from '../../kernel/tlb.ts';
import { set } from '../../language/effect.ts';
import { type Fragment, fragment, go, goIf, leaving, named, wire } from '../../language/machine.ts';
import type { Edits } from '../../variants/protocol.ts';
import { breakCowPte } from '../break/break-cow-pte.ts';
import { type AfterBreak, callOfBreak } from '../break/call.ts';
import type { BreakLocals } from '../break/locals.ts';
import { pteAlloc } from '../fault/pte-alloc.ts';
import type { ZapLocals } from '../zap/locals.ts';
import { breakAnyway } from '../zap/zap-slot.ts';
import { type Move, type MoveLocals, mremapSite } from './locals.ts';
import { moveEntries } from './move-entries.ts';
import { moveTable } from './move-table.ts';

const site = mremapSite('move_page_tables');

/**
 * move_page_tables() for one slot. Patch 04 breaks the slot of the old address, and drops the result; the new slot, which may lead
 * to a shared table of a neighbour, is not broken. Leaves by `failed` if not everything was moved.
 */
export const movePageTables = (
  move: Move,
  m: MoveLocals,
  l: ZapLocals,
  edits: Edits,
): Fragment<'next' | 'failed'> => {
  const end = notifierEnd('notifier_end', 'next');
  const failed = notifierEnd('notifier_end_error', 'failed');
  const { path, to } = move;
  const entries = wire(named('entries', moveEntries(move, m, l, l.wentOn)), { next: end });
  const table = pteAlloc(to, m.newTable, { name: site.function, file: site.file, line: 590 });
  const slow = wire(table, { next: entries, failed });
  const fast =
    move.entry === null
      ? wire(named('table', moveTable(move, m, l.wentOn)), { next: end, taken: slow })
      : slow;
  const huge = move.entry === null ? wire(moveHuge(move), { next: end }) : end;
  const moved = wire(testOld(move), { table: fast, huge });
  const broken = l.broken as BreakLocals;
  const first = edits.mremapBreaksBoth
    ? wire(breakBoth(move, broken, edits), { done: moved, failed })
    : wire(callInMremap(path, l, broken, edits), { done: moved, dropped: moved, left: failed });
  return wire(begin(move), { next: first, empty: end });
};

/** The call of the break, of which version 5 drops the result. */
const callInMremap = (path: Path, l: ZapLocals, broken: BreakLocals, edits: Edits): Fragment<AfterBreak> => {
  const posted = (): Fragment<AfterBreak> => wire(breakAnyway(path, l, broken, edits), { next: 'done' });
  return leaving(callOfBreak('move_page_tables', path, edits, posted), 'dropped', set(l.wentOn, 1));
};

/** The correction: both slots, and nothing is moved if one of them stays shared. */
const breakBoth = ({ path, to }: Move, l: BreakLocals, edits: Edits): Fragment<'done' | 'failed'> =>
  wire(named('break', breakCowPte(path, l, edits)), {
    done: named('break_new', breakCowPte(to, l, edits)),
    failed: 'failed',
  });

const begin = ({ path: { k, mm, slot, me } }: Move): Fragment<'next' | 'empty'> =>
  fragment({
    site,
    entry: 'notifier_start',
    exits: ['next', 'empty'],
    places: {
      notifier_start: {
        line: 533,
        says: 'mmu notifier start (may sleep)',
        on: [go('get_old', maySleep(k, me))],
      },
      get_old: {
        site: mremapSite('get_old_pmd'),
        line: 66,
        says: 'read the old slot: empty?',
        on: [goIf(slotIsNone(k, mm, slot), 'empty'), go('next')],
      },
    },
  });

/** alloc_new_pmd() allocates upper levels, which are there; then three reads of the old slot. */
const testOld = ({ path: { k, mm, slot } }: Move): Fragment<'table' | 'huge'> =>
  fragment({
    site,
    entry: 'test_swap',
    exits: ['table', 'huge'],
    places: {
      test_swap: {
        line: 570,
        says: 'read the old slot: swap?',
        on: [goIf(slotIsSwap(k, mm, slot), 'huge'), go('test_huge')],
      },
      test_huge: {
        line: 570,
        says: 'read the old slot: huge?',
        on: [goIf(slotIsHuge(k, mm, slot), 'huge'), go('test_devmap')],
      },
      test_devmap: {
        line: 571,
        says: 'read the old slot: devmap?',
        on: [goIf(slotIsDevmap(k, mm, slot), 'huge'), go('table')],
      },
    },
  });

/**
 * move_huge_pmd() into an empty slot, in one step: nobody else changes such a slot. Into any other, and for a part of it, the huge
 * page is split first; that is not modelled, and it stays where it is.
 */
const moveHuge = ({ path: { k, mm, slot }, to }: Move): Fragment<'next'> => {
  const empty = slotIsNone(k, to.mm, to.slot);
  return fragment({
    site: { ...mremapSite('move_huge_pmd'), file: 'mm/huge_memory.c' },
    entry: 'move_huge',
    exits: ['next'],
    places: {
      move_huge: {
        line: 1778,
        says: 'move what is no table',
        on: [
          goIf(
            empty,
            'move_huge_flush',
            set(k.slotKind.at(to.mm, to.slot), k.slotKind.at(mm, slot)),
            set(k.slotWritable.at(to.mm, to.slot), k.slotWritable.at(mm, slot)),
            set(k.slotKind.at(mm, slot), 0),
            set(k.slotWritable.at(mm, slot), 0),
          ),
          go('next'),
        ],
      },
      move_huge_flush: {
        line: 1793,
        says: 'flush_pmd_tlb_range()',
        kinds: ['flush'],
        on: [goIf(flushCanEnd(k, mm), 'next', flushMm(k, mm))],
      },
    },
  });
};

const notifierEnd = <X extends string>(name: string, exit: X): Fragment<X> =>
  fragment({
    site,
    entry: name,
    exits: [exit],
    places: { [name]: { line: 596, says: 'mmu notifier end', on: [go(exit)] } },
  }) as Fragment<X>;
