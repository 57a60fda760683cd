import { accounting } from './accounting.ts';
import { breakLeavesPrivate } from './break-leaves-private.ts';
import { everyBreakEnds } from './every-break-ends.ts';
import { failureReported } from './failure-reported.ts';
import { gupNoForkOverlap } from './gup-no-fork-overlap.ts';
import { gupNoOverlap } from './gup-no-overlap.ts';
import { lifecycle } from './lifecycle.ts';
import { newTableInstalledOrFreed } from './new-table-installed-or-freed.ts';
import { noDeadlock } from './no-deadlock.ts';
import { noEmptySlotDeref } from './no-empty-slot-deref.ts';
import { noForeignWrite } from './no-foreign-write.ts';
import { noLostEntry } from './no-lost-entry.ts';
import { noSleepUnderSpinlock } from './no-sleep-under-spinlock.ts';
import { noTableLeak } from './no-table-leak.ts';
import { noUseAfterFree } from './no-use-after-free.ts';
import { pmdSame } from './pmd-same.ts';
import type { Property } from './property.ts';
import { putNeverLast } from './put-never-last.ts';
import { readsOwnData } from './reads-own-data.ts';
import { refcountMatches } from './refcount-matches.ts';
import { rightLockForEntry } from './right-lock-for-entry.ts';
import { rightLockForSlot } from './right-lock-for-slot.ts';
import { seqcountEvenOutside } from './seqcount-even-outside.ts';
import { seqcountOddInside } from './seqcount-odd-inside.ts';
import { seqcountOneWriter } from './seqcount-one-writer.ts';
import { seqcountSettles } from './seqcount-settles.ts';
import { sharedIsReadOnly } from './shared-is-read-only.ts';
import { sharedNeverModified } from './shared-never-modified.ts';
import { tlbNoForeignRead } from './tlb-no-foreign-read.ts';
import { tlbNoFreedWalk } from './tlb-no-freed-walk.ts';
import { warnFreeShared } from './warn-free-shared.ts';
import { warnSharedWritable } from './warn-shared-writable.ts';

/** All properties, in the order in which they are listed and reported. */
export const properties: readonly Property[] = [
  refcountMatches,
  noTableLeak,
  sharedIsReadOnly,
  putNeverLast,
  pmdSame,
  warnSharedWritable,
  warnFreeShared,
  lifecycle,
  rightLockForSlot,
  rightLockForEntry,
  noForeignWrite,
  sharedNeverModified,
  noUseAfterFree,
  noEmptySlotDeref,
  noLostEntry,
  newTableInstalledOrFreed,
  breakLeavesPrivate,
  noDeadlock,
  everyBreakEnds,
  seqcountOneWriter,
  seqcountOddInside,
  seqcountEvenOutside,
  seqcountSettles,
  gupNoOverlap,
  gupNoForkOverlap,
  tlbNoForeignRead,
  tlbNoFreedWalk,
  noSleepUnderSpinlock,
  failureReported,
  accounting,
  readsOwnData,
];
