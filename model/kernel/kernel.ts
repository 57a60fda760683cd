import { NONE, type Operand } from '../language/expression.ts';
import {
  boolean,
  type Domain,
  elements,
  oneOf,
  optional,
  range,
  type SharedDeclaration,
  type SharedVariable,
  sharedVariable,
  type Type,
} from '../language/variable.ts';

export interface SlotAtStart {
  readonly kind: number;
  readonly table: number;
  readonly writable: number;
}

/** How many of everything a closed system has, and what is true at its start. */
export interface Shape {
  readonly mms: readonly string[];
  readonly threads: readonly string[];
  readonly slots: number;
  readonly entries: number;
  /** Tables that exist at the start come first, then the pools of the threads. */
  readonly tables: number;
  readonly initialTables: number;
  /** Pages that exist at the start (one per initial table and entry), then one for each thread that may allocate one. */
  readonly pages: number;
  readonly allocFailures: number;
  readonly debugVm: boolean;
  readonly splitPtlocks: boolean;
  /** Which table a slot points to at the start, and with which W bit. */
  readonly slotAtStart: (mm: number, slot: number) => SlotAtStart;
  /** Whether any slot is huge, devmap or swap at the start. */
  readonly specialSlots: boolean;
}

/** What a slot is beside empty or a table: contents that a break must leave alone. */
export const SLOT_KIND = { table: 0, huge: 1, devmap: 2, swap: 3 } as const;

/** The states of a table's page. `unlinked`: taken from its last slot and handed to an mmu_gather. */
export const LIFE = { unallocated: 0, fresh: 1, published: 2, unlinked: 3, freed: 4 } as const;

type At<N extends number> = N extends 0
  ? readonly []
  : N extends 1
    ? readonly [Operand]
    : readonly [Operand, Operand];
type Variable<N extends number> = SharedVariable<At<N>>;

/** Every shared variable of the kernel that the protocol touches, with the types of what locals hold of them. */
export interface Kernel {
  readonly shape: Shape;
  readonly mm: Domain;
  readonly slot: Domain;
  readonly table: Domain;
  readonly entry: Domain;
  readonly page: Domain;
  readonly thread: Domain;
  /** A slot (PMD entry): its kind, the table it points to and its W bit. Empty is no table and W=0. */
  readonly slotKind: Variable<2>;
  readonly slotTable: Variable<2>;
  readonly slotWritable: Variable<2>;
  /** The refcount of a table's page. */
  readonly count: Variable<1>;
  readonly life: Variable<1>;
  /** The lock in a table's page; with one lock per mm instead, `pageTableLock`. */
  readonly ptl: Variable<1>;
  readonly pageTableLock: Variable<1>;
  readonly pmdLock: Variable<1>;
  /** An entry: the page it maps and its W bit. */
  readonly entryPage: Variable<2>;
  readonly entryWritable: Variable<2>;
  /** References that mappings and walkers hold on a mapped page. */
  readonly pageCount: Variable<1>;
  readonly seq: Variable<1>;
  /** The mutex of protocol v5-seq-serialised. */
  readonly seqMutex: Variable<1>;
  /** Sections of write_protect_seq that are open: from the store of begin to the store of end. */
  readonly sections: Variable<1>;
  /** mmap_lock: the number of readers, or -1 for a writer. */
  readonly mmapLock: Variable<1>;
  /** Allocations that may still fail. */
  readonly failuresLeft: Variable<0>;
  /** The page that an mm's own last write put behind an entry, or that fork gave it. */
  readonly expected: Variable<2>;
  /** Every shared variable above, in the order of the packed state. */
  readonly shared: readonly SharedDeclaration[];
  readonly tableOrNone: Type;
  readonly pageOrNone: Type;
  readonly seqValue: Type;
}

const domain = (name: string, labels: readonly string[], numberedBy?: Domain['numberedBy']): Domain => ({
  name,
  size: labels.length,
  labels,
  ...(numberedBy && { numberedBy }),
});
const numbers = (n: number, prefix = ''): string[] => Array.from({ length: n }, (_, i) => `${prefix}${i}`);

/** Declares the shared variables for a shape. */
export function declareKernel(shape: Shape): Kernel {
  const mm = domain('mm', shape.mms);
  const slot = domain('slot', numbers(shape.slots));
  const table = domain('table', numbers(shape.tables, 'T'), { variable: 'life', prefix: 'T' });
  const entry = domain('entry', numbers(shape.entries));
  const page = domain('page', numbers(shape.pages, 'P'));
  const thread = domain('thread', shape.threads);
  const owner = optional(thread);
  const start = shape.slotAtStart;
  const sharers = (t: number): number => {
    let n = 0;
    for (let m = 0; m < shape.mms.length; m++)
      for (let s = 0; s < shape.slots; s++) n += Number(start(m, s).table === t);
    return n;
  };
  const initialPage = (t: number, e: number): number =>
    t < shape.initialTables ? t * shape.entries + e : NONE;
  const flatEntry = (mmNumber: number, flat: number): number => {
    const t = start(mmNumber, Math.floor(flat / shape.entries)).table;
    return t === NONE ? NONE : initialPage(t, flat % shape.entries);
  };
  const slotEntry = domain('entry of an mm', numbers(shape.slots * shape.entries));
  const sharersMost = shape.mms.length * shape.slots + 1;

  const kinds = shape.specialSlots ? Object.keys(SLOT_KIND) : ['table'];
  const variables = {
    slotKind: sharedVariable('slot_kind', [mm, slot], oneOf(kinds), {
      location: 'slot',
      initial: (m, s) => start(m as number, s as number).kind,
    }),
    slotTable: sharedVariable('slot_table', [mm, slot], optional(table), {
      location: 'slot',
      initial: (m, s) => start(m as number, s as number).table,
    }),
    slotWritable: sharedVariable('slot_w', [mm, slot], boolean, {
      location: 'slot',
      initial: (m, s) => start(m as number, s as number).writable,
    }),
    count: sharedVariable('ref', [table], range(0, sharersMost), { initial: (t) => sharers(t as number) }),
    life: sharedVariable('life', [table], oneOf(Object.keys(LIFE)), {
      ghost: true,
      initial: (t) => ((t as number) < shape.initialTables ? LIFE.published : LIFE.unallocated),
    }),
    ptl: sharedVariable('ptl', shape.splitPtlocks ? [table] : [{ ...table, size: 0, labels: [] }], owner, {
      lock: 'mutex',
    }),
    pageTableLock: sharedVariable(
      'page_table_lock',
      shape.splitPtlocks ? [{ ...mm, size: 0, labels: [] }] : [mm],
      owner,
      {
        lock: 'mutex',
      },
    ),
    pmdLock: sharedVariable('pmd_lock', shape.splitPtlocks ? [mm] : [{ ...mm, size: 0, labels: [] }], owner, {
      lock: 'mutex',
    }),
    entryPage: sharedVariable('pte_page', [table, entry], optional(page), {
      location: 'pte',
      initial: (t, e) => initialPage(t as number, e as number),
    }),
    entryWritable: sharedVariable('pte_w', [table, entry], boolean, { location: 'pte' }),
    pageCount: sharedVariable(
      'page_ref',
      [page],
      range(0, shape.mms.length * shape.slots + shape.threads.length),
      {
        initial: (p) =>
          (p as number) < shape.initialTables * shape.entries
            ? sharers(Math.floor((p as number) / shape.entries))
            : 0,
      },
    ),
    seq: sharedVariable('seq', [mm], boolean),
    seqMutex: sharedVariable('seq_mutex', [mm], owner, { lock: 'mutex' }),
    sections: sharedVariable('open_sections', [mm], range(0, shape.threads.length), { ghost: true }),
    mmapLock: sharedVariable('mmap_lock', [mm], range(-1, shape.threads.length), {
      initial: 0,
      lock: 'rwsem',
    }),
    failuresLeft: sharedVariable('failures_left', [], range(0, shape.allocFailures), {
      ghost: true,
      initial: shape.allocFailures,
    }),
    expected: sharedVariable('expected_page', [mm, slotEntry], optional(page), {
      ghost: true,
      initial: (m, flat) => flatEntry(m as number, flat as number),
    }),
  };
  return {
    shape,
    mm,
    slot,
    table,
    entry,
    page,
    thread,
    ...variables,
    shared: Object.values<SharedDeclaration>(variables).filter((v) => elements(v) > 0),
    tableOrNone: optional(table),
    pageOrNone: optional(page),
    seqValue: boolean,
  };
}

/** Numbers of the elements of a domain. */
export const each = <T>(domainOf: Domain, make: (element: number) => T): T[] =>
  Array.from({ length: domainOf.size }, (_, i) => make(i));
