import { acquire, assert, type Effect, release } from '../language/effect.ts';
import {
  all,
  differ,
  type Expression,
  equal,
  literal,
  NONE,
  type Operand,
  type SharedRead,
} from '../language/expression.ts';
import { each, type Kernel, LIFE } from './kernel.ts';
import { notFreed } from './table.ts';

/** The lock that pte_lockptr() yields for a slot which points to `table`: in the table's page, or the mm's one lock. */
export const lockOf = (k: Kernel, mm: Operand, table: Operand): SharedRead =>
  k.shape.splitPtlocks ? k.ptl.at(table) : k.pageTableLock.at(mm);

/** Whether the lock is free: the guard of spin_lock(). */
export const isFree = (lock: Expression): Expression => equal(lock, NONE);

/** spin_lock() of a pte lock. With split locks the lock word lives in the page of `table`. */
export const takePteLock = (k: Kernel, mm: Operand, table: Operand, me: Operand): Effect[] => [
  ...(k.shape.splitPtlocks ? [notFreed(k, table, 'lock')] : []),
  acquire(lockOf(k, mm, table), me),
];

/** spin_unlock() of a pte lock. */
export const dropPteLock = (k: Kernel, mm: Operand, table: Operand): Effect[] => [
  ...(k.shape.splitPtlocks ? [notFreed(k, table, 'unlock')] : []),
  release(lockOf(k, mm, table), NONE),
];

/** Nobody holds a lock under which the count of `table` may be in motion. */
export const nobodyHoldsPteLock = (k: Kernel, table: Operand): Expression =>
  k.shape.splitPtlocks ? isFree(k.ptl.at(table)) : all(each(k.mm, (m) => isFree(k.pageTableLock.at(m))));

/** The promises about a store to an entry of a published table, by a path that acts for `mm`. */
export const softwareStore = (
  k: Kernel,
  mm: Operand,
  slot: Operand,
  table: Operand,
  me: Operand,
): Effect[] => [
  assert(
    'right-lock-for-entry',
    equal(lockOf(k, mm, table), me),
    'the pte lock of {0} held at a store to an entry of it',
    'it is held by {1}',
    [table, lockOf(k, mm, table)],
  ),
  assert(
    'no-foreign-write',
    equal(k.slotTable.at(mm, slot), table),
    'the slot of the mm pointing to {0} at a store to an entry of it',
    'the slot points to {1}',
    [table, k.slotTable.at(mm, slot)],
  ),
  assert(
    'shared-never-modified',
    equal(k.count.at(table), 1),
    'count 1 at a store to an entry of {0}',
    'count {1}',
    [table, k.count.at(table)],
  ),
  notFreed(k, table, 'entry store'),
];

/** Whether a table is one that others can see. */
export const isFresh = (k: Kernel, table: Operand): Expression => equal(k.life.at(table), LIFE.fresh);
export const isNotFresh = (k: Kernel, table: Operand): Expression => differ(k.life.at(table), LIFE.fresh);

/** The lock under which pmd_install() works: its own with split locks, else the mm's one lock. */
export const pmdLockOf = (k: Kernel, mm: Operand): SharedRead =>
  k.shape.splitPtlocks ? k.pmdLock.at(mm) : k.pageTableLock.at(mm);

export const nobody = literal(NONE);
