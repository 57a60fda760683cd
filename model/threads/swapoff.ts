import type { Kernel } from '../kernel/kernel.ts';
import { dropMmapRead, mmapLockHasNoWriter, takeMmapRead } from '../kernel/mmap-lock.ts';
import { type Path, pathOf, pathParameters } from '../kernel/path.ts';
import { dropRead, hasNoWriter, takeRead } from '../kernel/rwsem.ts';
import { slotIsTable } from '../kernel/slot.ts';
import { slotHasNoVma } from '../kernel/vma.ts';
import { set } from '../language/effect.ts';
import { type Fragment, fragment, go, goIf, machine, named, sequence, wire } from '../language/machine.ts';
import { locals, type Type } from '../language/variable.ts';
import type { Edits } from '../variants/protocol.ts';
import { breakCowPte } from './break/break-cow-pte.ts';
import { callOfBreak, goesOnUnreported, leavesOnFailure } from './break/call.ts';
import { type BreakLocals, breakLocals } from './break/locals.ts';
import { plain } from './fault/site.ts';
import { breakWithRetry, type KernelPath, ordinary, type PathOptions } from './path.ts';
import { startAfter } from './start.ts';
import { type UnuseLocals, unuseEntry } from './swapoff/unuse-entry.ts';

const file = 'mm/swapfile.c';
/** unuse_pmd_range() with the lines of patch 04. */
const pmdSite = { function: 'unuse_pmd_range', file, source: 'v5-04' };

const swapoffLocals = (k: Kernel) =>
  ({
    ...breakLocals(k),
    pte: k.tableOrNone,
    ptl: k.tableOrNone,
    /** The page of the swap entry that was read. */
    swapPage: k.pageOrNone,
  }) satisfies Record<string, Type>;

/**
 * What swapoff(2) does to one mm: try_to_unuse() takes a reference on its users, then under mmap_lock for read every slot is
 * broken and every swap entry replaced. It is no task of the mm. A slot is visited once, although the loop comes by once for
 * each vma: a second visit finds the slot writable.
 */
const swapoff = (k: Kernel, edits: Edits, options: PathOptions) => {
  const path = pathOf(k, k.shape.slots);
  const { local: l, declared } = locals(swapoffLocals(k));
  const end = leave(path);
  let slots: Fragment<never> = end;
  for (let slot = k.shape.slots - 1; slot >= 0; slot--) {
    const one = named(`slot_${slot}`, unuseSlot({ ...path, slot }, l, edits));
    slots = wire(one, { next: slots, failed: end });
  }
  return machine('swapoff', startAfter(path, options, wire(enter(path), { next: slots })), {
    locals: declared,
    parameters: pathParameters,
  });
};

/** mmget_not_zero(): an mm whose last user has gone is passed over. */
const enter = ({ k, mm }: Path): Fragment<'next'> =>
  fragment({
    site: plain('unuse_mm', file),
    entry: 'mmget_not_zero',
    exits: ['next', 'ended'],
    places: {
      mmget_not_zero: {
        site: plain('try_to_unuse', file),
        line: 2081,
        says: 'mmget_not_zero(): any users left?',
        on: [goIf(hasNoWriter(k.users.at(mm)), 'mmap_read_lock', takeRead(k.users.at(mm))), go('ended')],
      },
      mmap_read_lock: {
        line: 2007,
        says: 'mmap_read_lock()',
        on: [goIf(mmapLockHasNoWriter(k, mm), 'next', takeMmapRead(k, mm))],
      },
    },
  }) as Fragment<'next'>;

/** With the users given back the mm may exit. */
const leave = ({ k, mm }: Path): Fragment<never> =>
  fragment({
    site: plain('unuse_mm', file),
    entry: 'mmap_read_unlock',
    exits: ['ended'],
    places: {
      mmap_read_unlock: {
        line: 2017,
        says: 'mmap_read_unlock()',
        on: [go('mmput', dropMmapRead(k, mm))],
      },
      mmput: {
        site: plain('try_to_unuse', file),
        line: 2101,
        says: 'mmput()',
        on: [go('ended', dropRead(k.users.at(mm)))],
      },
    },
  }) as Fragment<never>;

const unuseSlot = (
  path: Path & { readonly slot: number },
  l: BreakLocals & UnuseLocals,
  edits: Edits,
): Fragment<'next' | 'failed'> => {
  const { k, mm, slot } = path;
  const table = k.slotTable.at(mm, slot);
  // pmd_none_or_trans_huge_or_clear_bad(): one read; with patch 04 a slot without W is not bad (include/linux/pgtable.h).
  const test = fragment({
    site: pmdSite,
    entry: 'check_bad',
    exits: ['next', 'break'],
    places: {
      check_bad: {
        line: 1920,
        says: 'read slot: a table?',
        on: [
          ...(k.shape.unmaps ? [goIf(slotHasNoVma(k, mm, slot), 'next' as const)] : []),
          goIf(slotIsTable(k, mm, slot), 'break'),
          go('next'),
        ],
      },
    },
  });
  const map = fragment({
    site: plain('unuse_pte_range', file),
    entry: 'map_entries',
    exits: ['next'],
    places: {
      map_entries: { line: 1861, says: 'read slot -> pte', on: [go('next', set(l.pte, table))] },
    },
  });
  const entries = Array.from({ length: k.shape.entries }, (_, entry) =>
    named(`entry_${entry}`, unuseEntry({ ...path, entry }, l)),
  );
  const unused = sequence<'failed'>(map, ...entries);
  const posted = () => leavesOnFailure(breakCowPte(path, l, edits));
  const called = goesOnUnreported(callOfBreak('unuse_pmd_range', path, edits, posted), l);
  return wire(test, {
    next: 'next',
    break: wire(called, { done: unused, dropped: unused, left: 'failed' }),
  });
};

export const swapoffPath: KernelPath = {
  ...ordinary,
  name: 'swapoff',
  build: swapoff,
  tables: ({ slots }) => slots,
  needsEntry: 'swap',
  seqIncrements: ({ slots }) => breakWithRetry() * slots,
  isTask: false,
  holdsUsers: true,
};
