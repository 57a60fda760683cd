import type { SharedRead } from '../language/expression.ts';
import { all, type Expression, literal, type Operand, plus, times } from '../language/expression.ts';
import { each, type Kernel } from './kernel.ts';

/**
 * One private vma covers exactly the 2 MiB of each slot at the start. It may be taken away whole or in part by munmap and
 * cut in pieces by whoever splits it. Both happen under mmap_lock for write, so that a task which holds mmap_lock looks at
 * the vma in the step that takes the lock and nobody can tell.
 */
export const vmaGoneAt = (k: Kernel, mm: Operand, slot: Operand, entry: Operand): SharedRead =>
  k.vmaGone.at(mm, plus(times(slot, k.shape.entries), entry));

/** find_vma() finds none that covers the entry. */
export const vmaIsGone = (k: Kernel, mm: Operand, slot: Operand, entry: Operand): Expression =>
  k.shape.unmaps ? vmaGoneAt(k, mm, slot, entry) : literal(0);

/** None of the vmas that the slot had is left. */
export const slotHasNoVma = (k: Kernel, mm: Operand, slot: Operand): Expression =>
  k.shape.unmaps ? all(each(k.entry, (e) => vmaGoneAt(k, mm, slot, e))) : literal(0);
