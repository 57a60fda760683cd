import { acquire, type Effect, release } from '../language/effect.ts';
import { atLeast, type Expression, equal, minus, type Operand, plus } from '../language/expression.ts';
import type { Kernel } from './kernel.ts';

/**
 * mmap_lock as a counting rwsem: n readers, or -1 for a writer. The queue of the real one (a waiting writer holds up new
 * readers) is left out: it only removes interleavings, and no path takes the lock twice.
 */
export const mmapLockHasNoWriter = (k: Kernel, mm: Operand): Expression => atLeast(k.mmapLock.at(mm), 0);
export const mmapLockIsFree = (k: Kernel, mm: Operand): Expression => equal(k.mmapLock.at(mm), 0);

export const takeMmapRead = (k: Kernel, mm: Operand): Effect =>
  acquire(k.mmapLock.at(mm), plus(k.mmapLock.at(mm), 1));
export const dropMmapRead = (k: Kernel, mm: Operand): Effect =>
  release(k.mmapLock.at(mm), minus(k.mmapLock.at(mm), 1));
export const takeMmapWrite = (k: Kernel, mm: Operand): Effect => acquire(k.mmapLock.at(mm), -1);
export const dropMmapWrite = (k: Kernel, mm: Operand): Effect => release(k.mmapLock.at(mm), 0);
