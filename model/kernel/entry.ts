import { type Effect, set } from '../language/effect.ts';
import {
  all,
  both,
  differ,
  type Expression,
  equal,
  type LocalRead,
  NONE,
  type Operand,
  plus,
  times,
} from '../language/expression.ts';
import { forgetDiscarded } from './data.ts';
import { ENTRY_KIND, type Kernel } from './kernel.ts';

/** Three locals that hold an entry's value; a path that meets only present entries leaves the kind out. */
export interface EntryValue {
  readonly page: LocalRead;
  readonly writable: LocalRead;
  readonly kind?: LocalRead;
}

/** pte_none(*pte). */
export const entryIsNone = (k: Kernel, table: Operand, entry: Operand): Expression =>
  equal(k.entryPage.at(table, entry), NONE);

/** pte_present(*pte): a protnone entry is present to the kernel, not to the hardware. */
export const entryIsPresent = (k: Kernel, table: Operand, entry: Operand): Expression =>
  both(differ(k.entryPage.at(table, entry), NONE), differ(k.entryKind.at(table, entry), ENTRY_KIND.swap));

/** What the hardware, and GUP-fast, take as a mapping. */
export const entryMapsPage = (k: Kernel, table: Operand, entry: Operand): Expression =>
  both(differ(k.entryPage.at(table, entry), NONE), equal(k.entryKind.at(table, entry), ENTRY_KIND.present));

/** One read of an entry into locals. */
export const readEntry = (k: Kernel, table: Operand, entry: Operand, into: EntryValue): Effect[] => [
  set(into.page, k.entryPage.at(table, entry)),
  set(into.writable, k.entryWritable.at(table, entry)),
  ...(into.kind ? [set(into.kind, k.entryKind.at(table, entry))] : []),
];

/** One store of a whole entry; the kind is that of a present page unless given. */
export const storeEntry = (
  k: Kernel,
  table: Operand,
  entry: Operand,
  page: Operand,
  writable: Operand,
  kind: Operand = ENTRY_KIND.present,
): Effect[] => [
  set(k.entryPage.at(table, entry), page),
  set(k.entryWritable.at(table, entry), writable),
  set(k.entryKind.at(table, entry), kind),
];

/** pte_same(*pte, value). */
export const entryIs = (k: Kernel, table: Operand, entry: Operand, value: EntryValue): Expression =>
  all([
    equal(k.entryPage.at(table, entry), value.page),
    equal(k.entryWritable.at(table, entry), value.writable),
    ...(value.kind ? [equal(k.entryKind.at(table, entry), value.kind)] : []),
  ]);

/** The page that `mm` must see behind an entry of a slot: its last write, or what fork gave it. */
export const expectedPage = (k: Kernel, mm: Operand, slot: Operand, entry: Operand) =>
  k.expected.at(mm, plus(times(slot, k.shape.entries), entry));

/** A write of `mm` to its own memory: what it must see from now on, and who wrote the entry. */
export const ownWrite = (
  k: Kernel,
  mm: Operand,
  slot: Operand,
  table: Operand,
  entry: Operand,
  page: Operand,
): Effect[] => [
  ...forgetDiscarded(k, mm, slot, entry),
  set(expectedPage(k, mm, slot, entry), page),
  ...writtenBy(k, mm, table, entry),
];

/** Who wrote the entry last is of interest only to processors that may read it through a stale slot. */
export const writtenBy = (k: Kernel, mm: Operand, table: Operand, entry: Operand): Effect[] =>
  k.cpu.size > 0 ? [set(k.entryWriter.at(table, entry), mm)] : [];
