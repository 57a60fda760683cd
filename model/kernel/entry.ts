import { type Effect, set } from '../language/effect.ts';
import {
  both,
  type Expression,
  equal,
  type LocalRead,
  NONE,
  type Operand,
  plus,
  times,
} from '../language/expression.ts';
import type { Kernel } from './kernel.ts';

/** Two locals that hold an entry's value. */
export interface EntryValue {
  readonly page: LocalRead;
  readonly writable: LocalRead;
}

/** pte_none(*pte). */
export const entryIsNone = (k: Kernel, table: Operand, entry: Operand): Expression =>
  equal(k.entryPage.at(table, entry), NONE);

/** One read of an entry into two locals. */
export const readEntry = (k: Kernel, table: Operand, entry: Operand, into: EntryValue): Effect[] => [
  set(into.page, k.entryPage.at(table, entry)),
  set(into.writable, k.entryWritable.at(table, entry)),
];

/** One store of a whole entry. */
export const storeEntry = (
  k: Kernel,
  table: Operand,
  entry: Operand,
  page: Operand,
  writable: Operand,
): Effect[] => [set(k.entryPage.at(table, entry), page), set(k.entryWritable.at(table, entry), writable)];

/** pte_same(*pte, value). */
export const entryIs = (k: Kernel, table: Operand, entry: Operand, value: EntryValue): Expression =>
  both(
    equal(k.entryPage.at(table, entry), value.page),
    equal(k.entryWritable.at(table, entry), value.writable),
  );

/** The page that `mm` must see behind an entry of a slot: its last write, or what fork gave it. */
export const expectedPage = (k: Kernel, mm: Operand, slot: Operand, entry: Operand) =>
  k.expected.at(mm, plus(times(slot, k.shape.entries), entry));
