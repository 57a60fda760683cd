import { type Assignment, type Effect, set } from '../language/effect.ts';
import {
  all,
  differ,
  type Expression,
  either,
  equal,
  type LocalRead,
  NONE,
  not,
  type Operand,
  sum,
} from '../language/expression.ts';
import { each, type Kernel, SLOT_KIND } from './kernel.ts';

/** Two locals that hold a slot's value: what a read of `*pmd` yields. */
export interface SlotValue {
  readonly table: LocalRead;
  readonly writable: LocalRead;
}

/** pmd_none(*pmd). */
export const slotIsNone = (k: Kernel, mm: Operand, slot: Operand): Expression =>
  all([
    equal(k.slotTable.at(mm, slot), NONE),
    not(k.slotWritable.at(mm, slot)),
    equal(k.slotKind.at(mm, slot), SLOT_KIND.table),
  ]);

/** pmd_write(*pmd). */
export const slotIsWritable = (k: Kernel, mm: Operand, slot: Operand): Expression =>
  k.slotWritable.at(mm, slot);

/**
 * is_swap_pmd(*pmd): neither empty nor present. Beside true swap and migration slots this is a slot with only its W bit
 * set, which is what setting W in a value read from an empty slot leaves behind.
 */
export const slotIsSwap = (k: Kernel, mm: Operand, slot: Operand): Expression =>
  either(
    equal(k.slotKind.at(mm, slot), SLOT_KIND.swap),
    all([
      equal(k.slotKind.at(mm, slot), SLOT_KIND.table),
      equal(k.slotTable.at(mm, slot), NONE),
      k.slotWritable.at(mm, slot),
    ]),
  );
export const slotIsHuge = (k: Kernel, mm: Operand, slot: Operand): Expression =>
  equal(k.slotKind.at(mm, slot), SLOT_KIND.huge);
export const slotIsDevmap = (k: Kernel, mm: Operand, slot: Operand): Expression =>
  equal(k.slotKind.at(mm, slot), SLOT_KIND.devmap);
/** Present and not huge: the slot leads to a table of entries. */
export const slotIsTable = (k: Kernel, mm: Operand, slot: Operand): Expression =>
  differ(k.slotTable.at(mm, slot), NONE);

/** One plain read of the slot into two locals. */
export const readSlot = (k: Kernel, mm: Operand, slot: Operand, into: SlotValue): Effect[] => [
  set(into.table, k.slotTable.at(mm, slot)),
  set(into.writable, k.slotWritable.at(mm, slot)),
];

/** set_pmd_at(): one plain store of the whole value. */
export const storeSlot = (
  k: Kernel,
  mm: Operand,
  slot: Operand,
  table: Operand,
  writable: Operand,
): Assignment[] => [
  set(k.slotKind.at(mm, slot), SLOT_KIND.table),
  set(k.slotTable.at(mm, slot), table),
  set(k.slotWritable.at(mm, slot), writable),
];

/**
 * How many slots of all mms point to a table. One that mremap has taken from one slot and not yet stored in the other counts as on
 * a slot.
 */
export const slotsOn = (k: Kernel, table: Operand): Expression => {
  const slots = each(k.mm, (m) => each(k.slot, (s) => equal(k.slotTable.at(m, s), table))).flat();
  return sum(k.shape.moves ? [...slots, k.moving.at(table)] : slots);
};
