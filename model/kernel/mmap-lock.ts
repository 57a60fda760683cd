import type { Effect } from '../language/effect.ts';
import type { Expression, Operand } from '../language/expression.ts';
import type { Kernel } from './kernel.ts';
import { dropRead, dropWrite, hasNoWriter, isUnheld, takeRead, takeWrite } from './rwsem.ts';

/** mmap_lock of an mm; see rwsem.ts for what is left out. */
export const mmapLockHasNoWriter = (k: Kernel, mm: Operand): Expression => hasNoWriter(k.mmapLock.at(mm));
export const mmapLockIsFree = (k: Kernel, mm: Operand): Expression => isUnheld(k.mmapLock.at(mm));

export const takeMmapRead = (k: Kernel, mm: Operand): Effect => takeRead(k.mmapLock.at(mm));
export const dropMmapRead = (k: Kernel, mm: Operand): Effect => dropRead(k.mmapLock.at(mm));
export const takeMmapWrite = (k: Kernel, mm: Operand): Effect => takeWrite(k.mmapLock.at(mm));
export const dropMmapWrite = (k: Kernel, mm: Operand): Effect => dropWrite(k.mmapLock.at(mm));
