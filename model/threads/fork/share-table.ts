import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import { dropPteLock, isFree, lockIsInTable, lockOf, takePteLock } from '../../kernel/pte-lock.ts';
import { notFreed } from '../../kernel/table.ts';
import { set } from '../../language/effect.ts';
import { equal, type LocalRead, NONE, plus } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, sequence } from '../../language/machine.ts';
import { pmdInstall } from '../fault/pte-alloc.ts';
import { type ForkLocals, type ForkPath, ofChild } from './locals.ts';
import { cowRangeSite } from './site.ts';

/** What properties ask for: fork raised the count of a table, and stored it in the child's slot. */
export const TAKES_REFERENCE = 'fork takes a reference';
export const SHARES = 'fork shares the table';

/** Whether the table is write-protected in the parent's slot after its entries were copied, or first. */
export type PostedOrder = 'as-posted' | 'wrprotect-first';

/**
 * F1: the parent's table gets a second user. Its address, its lock and its count come from three reads of the slot, the first
 * two before the lock; whoever changes the slot without mmap_lock can come between them. As posted the child's slot, and the
 * parent's until F3, are writable meanwhile.
 */
export const shareTable = (path: ForkPath, l: ForkLocals, order: PostedOrder): Fragment<'next'> => {
  const { k, mm } = path;
  const first = order === 'wrprotect-first';
  const install = pmdInstall(ofChild(path), l.pteTable, {
    says: `the shared table, W=${first ? 0 : 1}`,
    writable: first ? 0 : 1,
    fresh: false,
    kind: SHARES,
  });
  const unlock = fragment({
    site: cowRangeSite,
    entry: 'share_unlock',
    exits: ['next'],
    places: {
      share_unlock: {
        line: 1165,
        says: 'spin_unlock(src_ptl)',
        on: [go('next', dropPteLock(k, mm, l.ptl), set(l.pteTable, NONE))],
      },
    },
  });
  return sequence(takeReference(path, l, first), install, unlock);
};

const takeReference = ({ k, mm, slot, me }: ForkPath, l: ForkLocals, first: boolean): Fragment<'next'> => {
  const table = k.slotTable.at(mm, slot);
  const derefs = (what: string, into: LocalRead, next: 'share_lockptr' | 'share_lock' | 'get_table') => [
    goIf(equal(table, NONE), 'stopped' as const, derefEmptySlot(what)),
    go(next, set(into, table)),
  ];
  return fragment({
    site: cowRangeSite,
    entry: 'read_pte_table',
    exits: ['next'],
    places: {
      read_pte_table: {
        line: 1151,
        says: 'read slot -> pte_table',
        on: derefs('pmd_pgtable', l.pteTable, lockIsInTable(k) ? 'share_lockptr' : 'share_lock'),
      },
      share_lockptr: {
        line: 1161,
        comment: 1156,
        says: 'read slot -> src_ptl',
        on: derefs('pte_lockptr', l.ptl, 'share_lock'),
      },
      share_lock: {
        line: 1162,
        comment: 1156,
        says: 'spin_lock(src_ptl)',
        kinds: ['pte lock taken'],
        on: [
          goIf(
            isFree(lockOf(k, mm, l.ptl)),
            first ? 'protect_first' : 'get_read_slot',
            takePteLock(k, mm, l.ptl, me),
          ),
        ],
      },
      // fork-wrprotect-first; one atomic step, which leaves an empty slot empty.
      protect_first: {
        line: 1269,
        says: "clear W in the parent's slot",
        on: [go('get_read_slot', set(k.slotWritable.at(mm, slot), 0))],
      },
      get_read_slot: {
        line: 1163,
        comment: 1156,
        says: 'read slot for the count',
        on: derefs('pmd_get_pte', l.seen, 'get_table'),
      },
      get_table: {
        line: 1163,
        comment: 1156,
        says: 'count +1',
        kinds: [TAKES_REFERENCE],
        on: [
          go(
            'next',
            notFreed(k, l.seen, 'count update'),
            set(k.count.at(l.seen), plus(k.count.at(l.seen), 1)),
          ),
        ],
      },
    },
  });
};
