import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock, isFree, lockIsInTable, lockOf, takePteLock } from '../../kernel/pte-lock.ts';
import { slotIsNone, slotIsWritable } from '../../kernel/slot.ts';
import { set } from '../../language/effect.ts';
import { differ, either, equal, NONE, type Operand } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, sequence } from '../../language/machine.ts';
import type { Edits } from '../../variants/protocol.ts';
import type { BreakLocals } from './locals.ts';
import { lockUnderPmd } from './lock-under-pmd.ts';
import { judgedUnderLock } from './returns.ts';
import { BREAK_OPEN } from './section.ts';
import { breakSite } from './site.ts';

const tags = [BREAK_OPEN];

/** The lines of one of the two places where the break takes the lock of the old table. */
export interface LockLines {
  readonly map: number;
  readonly lockptr: number;
  readonly lock: number;
  readonly comment: number;
}
export const firstLock: LockLines = { map: 5254, lockptr: 5255, lock: 5256, comment: 5250 };
export const secondLock: LockLines = { map: 5287, lockptr: 5288, lock: 5289, comment: 5281 };

/**
 * P3 to P5, and P10 to P12: the address of the entries and the lock come from two separate, unlocked reads of the slot;
 * then the lock is taken. Without split locks the lock is the mm's and needs no read.
 */
export const lockSource = (
  path: Path,
  l: BreakLocals,
  at: LockLines,
  { revalidateLock, slotUnderPmdLock }: Edits,
): Fragment<'next' | 'out'> => {
  if (slotUnderPmdLock) return lockUnderPmd(path, l, at);
  const { k, mm, slot, me } = path;
  const split = lockIsInTable(k);
  const table = k.slotTable.at(mm, slot);
  const lock = lockOf(k, mm, l.srcPtl);
  const take = fragment({
    site: breakSite,
    entry: 'map_src',
    exits: ['next'],
    places: {
      map_src: {
        line: at.map,
        comment: at.comment,
        says: 'read slot -> src_pte',
        tags,
        on: [go(split ? 'lockptr_src' : 'lock_src', set(l.src, table))],
      },
      lockptr_src: {
        line: at.lockptr,
        comment: at.comment,
        says: 'read slot -> src_ptl',
        tags,
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('pte_lockptr')),
          go('lock_src', set(l.srcPtl, table)),
        ],
      },
      lock_src: {
        line: at.lock,
        comment: at.comment,
        says: 'spin_lock(src_ptl)',
        kinds: ['pte lock taken'],
        tags,
        on: [goIf(isFree(lock), 'next', takePteLock(k, mm, l.srcPtl, me))],
      },
    },
  });
  return revalidateLock ? sequence<'out'>(take, revalidate(path, l, at, table)) : take;
};

/** v5-revalidate-lock: the slot may have moved on between the read of the lock's address and the lock. */
const revalidate = (path: Path, l: BreakLocals, at: LockLines, table: Operand): Fragment<'next' | 'out'> => {
  const { k, mm, slot } = path;
  return fragment({
    site: breakSite,
    entry: 'revalidate',
    exits: ['next', 'out', 'map_src'],
    places: {
      revalidate: {
        line: at.lock,
        says: 'read slot again: still this lock?',
        tags,
        on: [
          goIf(either(slotIsNone(k, mm, slot), moved(lockIsInTable(k), table, l)), 'unlock_stale'),
          go('next'),
        ],
      },
      unlock_stale: {
        line: at.lock,
        says: 'spin_unlock(src_ptl)',
        tags,
        on: [go('retest_none', dropPteLock(k, mm, l.srcPtl))],
      },
      retest_none: {
        line: 5229,
        says: 'read slot: empty?',
        tags,
        on: [goIf(slotIsNone(k, mm, slot), 'out', judgedUnderLock(path)), go('retest_writable')],
      },
      retest_writable: {
        line: 5229,
        says: 'read slot: writable?',
        tags,
        on: [goIf(slotIsWritable(k, mm, slot), 'out', judgedUnderLock(path)), go('map_src')],
      },
    },
  }) as Fragment<'next' | 'out'>;
};

const moved = (split: boolean, table: Operand, l: BreakLocals) =>
  split ? differ(table, l.srcPtl) : equal(table, NONE);
