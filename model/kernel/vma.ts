import { type Effect, set } from '../language/effect.ts';
import {
  type Expression,
  literal,
  type Operand,
  plus,
  type SharedRead,
  times,
} from '../language/expression.ts';
import type { Kernel } from './kernel.ts';

/**
 * One private vma covers exactly the 2 MiB of each slot at the start. It may be taken away whole or in part by munmap and
 * cut in pieces by whoever splits it. Both happen under mmap_lock for write, so that a task which holds mmap_lock looks at
 * the vma in the step that takes the lock and nobody can tell. The parts that are told apart are the entries, and behind them
 * all other pages of the 2 MiB as one.
 */
const vmaGoneAt = (k: Kernel, mm: Operand, slot: Operand, part: Operand): SharedRead =>
  k.vmaGone.at(mm, plus(times(slot, k.shape.entries + 1), part));

/** The one entry, or every part of the slot. */
const partsOf = (k: Kernel, entry: number | null): number[] =>
  entry === null ? Array.from({ length: k.shape.entries + 1 }, (_, part) => part) : [entry];

/** find_vma() finds none that covers the entry. */
export const vmaIsGone = (k: Kernel, mm: Operand, slot: Operand, entry: Operand): Expression =>
  k.shape.unmaps ? vmaGoneAt(k, mm, slot, entry) : literal(0);

/** None of the vmas that the slot had is left: who unmaps an entry leaves those of the pages round it. */
export const slotHasNoVma = (k: Kernel, mm: Operand, slot: Operand): Expression =>
  vmaIsGone(k, mm, slot, k.shape.entries);

/** The vma goes from one entry or from the whole slot, or one comes there. */
export const setVmaGone = (
  k: Kernel,
  mm: Operand,
  slot: Operand,
  entry: number | null,
  gone: 0 | 1,
): Effect[] => partsOf(k, entry).map((part) => set(vmaGoneAt(k, mm, slot, part), gone));

/** What vmas one mm has in the slot is what the other has. */
export const copyVmaGone = (k: Kernel, from: Operand, to: Operand, slot: Operand): Effect[] =>
  k.shape.unmaps
    ? partsOf(k, null).map((part) => set(vmaGoneAt(k, to, slot, part), vmaGoneAt(k, from, slot, part)))
    : [];
