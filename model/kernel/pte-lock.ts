import { acquire, assert, type Effect, release, set, violate, when } from '../language/effect.ts';
import {
  all,
  any,
  differ,
  type Expression,
  equal,
  NONE,
  not,
  type Operand,
  type SharedRead,
} from '../language/expression.ts';
import type { Domain } from '../language/variable.ts';
import { each, type Kernel, LIFE } from './kernel.ts';
import { freedRightly, netCount, notFreed } from './table.ts';

/** The lock that pte_lockptr() yields for a slot which points to `table`: in the table's page, or the mm's one lock. */
export const lockOf = (k: Kernel, mm: Operand, table: Operand): SharedRead => {
  if (k.shape.globalPtl) return k.globalLock.at();
  return k.shape.splitPtlocks ? k.ptl.at(table) : k.pageTableLock.at(mm);
};

/** Whether pte_lockptr() reads the slot: only where the lock lives in the table's page. */
export const lockIsInTable = (k: Kernel): boolean => k.shape.splitPtlocks && !k.shape.globalPtl;

/** Whether the lock is free: the guard of spin_lock(). */
export const isFree = (lock: Expression): Expression => equal(lock, NONE);

/** spin_lock() of a pte lock. With split locks the lock word lives in the page of `table`. */
export const takePteLock = (k: Kernel, mm: Operand, table: Operand, me: Operand): Effect[] => [
  ...(lockIsInTable(k) ? [notFreed(k, table, 'lock')] : []),
  acquire(lockOf(k, mm, table), me),
];

/** spin_unlock() of a pte lock. */
export const dropPteLock = (k: Kernel, mm: Operand, table: Operand): Effect[] => [
  ...(lockIsInTable(k) ? [notFreed(k, table, 'unlock')] : []),
  release(lockOf(k, mm, table), NONE),
];

/**
 * Whether a protocol that looks slots up under the pmd lock then takes a lock in the table's page as well: with split PTE locks, or
 * if it has one in every configuration. Otherwise the pmd lock is the mm's one lock and the pte lock too.
 */
export const sourceLockIsInTable = (k: Kernel): boolean => lockIsInTable(k) || k.shape.tableLock;

/** Nobody holds a lock under which the count of `table` may be in motion. */
export const nobodyHoldsPteLock = (k: Kernel, table: Operand): Expression =>
  lockIsInTable(k) || k.shape.globalPtl
    ? isFree(lockOf(k, 0, table))
    : all(each(k.mm, (m) => isFree(k.pageTableLock.at(m))));

/** The promise that a store to an entry of a published table is made under the lock of that table. */
export const rightLockForEntry = (k: Kernel, mm: Operand, table: Operand, me: Operand): Effect =>
  assert(
    'right-lock-for-entry',
    equal(lockOf(k, mm, table), me),
    'the pte lock of {0} held at a store to an entry of it',
    'it is held by {1}',
    [table, lockOf(k, mm, table)],
  );

/**
 * The promises about a store to an entry of a published table, by a path that acts for `mm`. `breakFailed`: the path has
 * met a break that failed, and should have given up.
 */
export const softwareStore = (
  k: Kernel,
  mm: Operand,
  slot: Operand,
  table: Operand,
  me: Operand,
  breakFailed: Operand = 0,
): readonly Effect[] => [
  ...when(breakFailed, [storesAfterFailure()]),
  rightLockForEntry(k, mm, table, me),
  assert(
    'no-foreign-write',
    equal(k.slotTable.at(mm, slot), table),
    'the slot of the mm pointing to {0} at a store to an entry of it',
    'the slot points to {1}',
    [table, k.slotTable.at(mm, slot)],
  ),
  assert(
    'shared-never-modified',
    equal(netCount(k, table), 1),
    'count 1 at a store to an entry of {0}',
    'count {1}',
    [table, netCount(k, table)],
  ),
  notFreed(k, table, 'entry store'),
];

/** Whether a table is one that others can see. */
export const isNotFresh = (k: Kernel, table: Operand): Expression => differ(k.life.at(table), LIFE.fresh);

/** The lock under which pmd_install() works: its own with split locks, else the mm's one lock. */
export const pmdLockOf = (k: Kernel, mm: Operand): SharedRead =>
  k.shape.splitPtlocks || k.shape.globalPtl ? k.pmdLock.at(mm) : k.pageTableLock.at(mm);

/** pte_free() of a table that others have seen: nobody may point to it or hold its lock. */
export const freePublished = (k: Kernel, table: Operand): Effect[] => [
  freedRightly(k, table),
  ...(lockIsInTable(k) ? [lockFreeWhenFreed(k, table)] : []),
  set(k.life.at(table), LIFE.freed),
];

/** Nobody holds the lock in a table's page when the page is freed. */
export const lockFreeWhenFreed = (k: Kernel, table: Operand): Effect =>
  assert(
    'no-use-after-free',
    isFree(k.ptl.at(table)),
    'the lock of {0} free when it is freed',
    'it is held by {1}',
    [table, k.ptl.at(table)],
  );

/** A store by a path whose break failed. */
const storesAfterFailure = (): Effect =>
  violate('failure-reported', 'nothing stored after a break that failed', 'an entry is stored to');

/** The promise that a step which may sleep is not taken under a spin lock. */
export const maySleep = (k: Kernel, me: Operand): Effect => {
  const held = [k.ptl, k.pageTableLock, k.pmdLock].flatMap((lock) =>
    lock.over.every((d) => d.size > 0) ? each(lock.over[0] as Domain, (i) => equal(lock.at(i), me)) : [],
  );
  const spinLocks = k.shape.globalPtl ? [...held, equal(k.globalLock.at(), me)] : held;
  return assert(
    'no-sleep-under-spinlock',
    not(any(spinLocks)),
    'no spin lock held at a step that may sleep',
    'one is held',
  );
};
