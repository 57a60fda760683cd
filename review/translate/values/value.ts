import type { Expression, Operand } from '../../../model/language/expression.ts';
import type { Type } from '../../../model/language/variable.ts';
import type { VmaPart } from '../../../model/variants/protocol.ts';
import type { Width } from './integer-type.ts';

/** The mm that a thing or a pointer belongs to, where it is not the thread's own: the child of a fork. */
interface OfMm {
  readonly mm?: Operand;
}

/**
 * What an expression of C is worth while its function is translated. Parts that differ from run to run are expressions of the
 * model; a pointer always says what it points to, so that no two names of one thing are ever taken for two things.
 */
export type Value =
  /** A number. `width`: what C calculates with; an int where it is left out. */
  | {
      readonly k: 'int';
      readonly e: Expression;
      readonly type: Type;
      readonly from: string | null;
      readonly width?: Width;
    }
  /** An address: a slot of 2 MiB, and the page in it where that matters. Also 'PMD_SIZE' and the like, as distances. */
  | { readonly k: 'address'; readonly slot: Operand; readonly slots: number; readonly page: number | null }
  | { readonly k: 'distance'; readonly slots: number; readonly pages: number }
  | { readonly k: 'mask'; readonly of: 'slot' | 'page' }
  /** pmd_t. */
  | {
      readonly k: 'pmd';
      readonly table: Expression;
      readonly writable: Expression;
      readonly kind: Expression;
    }
  /** pte_t. */
  | { readonly k: 'pte'; readonly page: Expression; readonly writable: Expression; readonly kind: Expression }
  /** A page table (pgtable_t). `known`: it is one, not NULL. */
  | { readonly k: 'table'; readonly table: Expression; readonly known: boolean }
  /** pmd_t * into the page tables of the mm. */
  | ({ readonly k: 'slot'; readonly slot: Operand } & OfMm)
  /** pte_t *: the table, and the entry where it is known. `known`: the table's address did not come from an empty slot. */
  | ({
      readonly k: 'entry';
      readonly table: Expression;
      readonly index: number | null;
      readonly known: boolean;
    } & OfMm)
  /** spinlock_t * of the entries of a table, or the pmd lock. */
  | ({
      readonly k: 'lock';
      readonly of: 'entries' | 'slot';
      readonly table: Expression;
      readonly known: boolean;
    } & OfMm)
  /** A thing there is one of for this thread and mm: the mm, the vma, a counter of the mm. `part`: which piece of a cut vma. */
  | ({ readonly k: 'thing'; readonly what: string; readonly part?: VmaPart } & OfMm)
  /** A struct vma_iterator: the vma that comes next, or none. */
  | ({ readonly k: 'vmas'; readonly next: VmaPart | null } & OfMm)
  /** The address of a local variable. */
  | { readonly k: 'ref'; readonly name: string }
  | { readonly k: 'null' }
  /** A value that decides nothing in the model: flags, sizes, a struct as a whole. */
  | { readonly k: 'opaque'; readonly what: string };

/** The parts of a value that may differ from run to run, by name. */
export const partsOf = (value: Value): readonly (readonly [string, Expression])[] => {
  switch (value.k) {
    case 'int':
      return [['value', value.e]];
    case 'pmd':
      return [
        ['table', value.table],
        ['writable', value.writable],
        ['kind', value.kind],
      ];
    case 'pte':
      return [
        ['page', value.page],
        ['writable', value.writable],
        ['kind', value.kind],
      ];
    case 'table':
    case 'entry':
    case 'lock':
      return [['table', value.table]];
    default:
      return [];
  }
};

/** The same value with other parts. */
export function withParts(value: Value, part: (name: string, e: Expression) => Expression): Value {
  switch (value.k) {
    case 'int':
      return { ...value, e: part('value', value.e) };
    case 'pmd':
      return {
        ...value,
        table: part('table', value.table),
        writable: part('writable', value.writable),
        kind: part('kind', value.kind),
      };
    case 'pte':
      return {
        ...value,
        page: part('page', value.page),
        writable: part('writable', value.writable),
        kind: part('kind', value.kind),
      };
    case 'table':
    case 'entry':
    case 'lock':
      return { ...value, table: part('table', value.table) };
    default:
      return value;
  }
}

/** The same mm as another value's, written only where it is not the thread's own. */
export const sameMm = (mm: Operand | undefined): { mm?: Operand } => (mm === undefined ? {} : { mm });

/** What a value is, for messages. */
export const kindOfValue = (value: Value): string => names[value.k];

const names: Readonly<Record<Value['k'], string>> = {
  int: 'a number',
  address: 'an address',
  distance: 'a size',
  mask: 'a mask',
  pmd: 'a pmd_t',
  pte: 'a pte_t',
  table: 'a page table',
  slot: 'a pmd_t *',
  entry: 'a pte_t *',
  lock: 'a spinlock_t *',
  thing: 'a pointer to an object',
  vmas: 'an iterator of vmas',
  ref: 'a pointer to a local variable',
  null: 'NULL',
  opaque: 'a value that the model does not keep',
};
