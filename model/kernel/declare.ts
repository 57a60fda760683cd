import { NONE, type Operand } from '../language/expression.ts';
import {
  boolean,
  bounds,
  type Domain,
  oneOf,
  optional,
  range,
  type SharedVariable,
  sharedVariable,
} from '../language/variable.ts';
import { ENTRY_KIND, LIFE, SLOT_KIND } from './kinds.ts';
import type { Shape } from './shape.ts';

export interface Domains {
  readonly mm: Domain;
  readonly slot: Domain;
  readonly table: Domain;
  readonly entry: Domain;
  readonly page: Domain;
  readonly thread: Domain;
  /** Threads that are processors in user mode. */
  readonly cpu: Domain;
  /** Threads that are GUP-fast walks. */
  readonly gup: Domain;
}

type At<N extends number> = N extends 0
  ? readonly []
  : N extends 1
    ? readonly [Operand]
    : readonly [Operand, Operand];
type Variable<N extends number> = SharedVariable<At<N>>;

export interface KernelVariables {
  /** A slot (PMD entry): its kind, the table it points to and its W bit. Empty is no table and W=0. */
  readonly slotKind: Variable<2>;
  readonly slotTable: Variable<2>;
  readonly slotWritable: Variable<2>;
  /** The refcount of a table's page. */
  readonly count: Variable<1>;
  /** Speculative references in that count. */
  readonly speculative: Variable<1>;
  readonly life: Variable<1>;
  /** A table that mremap has taken from one slot and not yet stored in the other. */
  readonly moving: Variable<1>;
  /** The lock in a table's page; with one lock per mm instead, `pageTableLock`; with one for all, `globalLock`. */
  readonly ptl: Variable<1>;
  readonly pageTableLock: Variable<1>;
  readonly globalLock: Variable<0>;
  readonly pmdLock: Variable<1>;
  /** An entry: its kind, the page it names and its W bit. None is no page. */
  readonly entryKind: Variable<2>;
  readonly entryPage: Variable<2>;
  readonly entryWritable: Variable<2>;
  /** The mm that last stored a private page there by itself. */
  readonly entryWriter: Variable<2>;
  /** References on a page: one for each mapping, and those of walkers. */
  readonly pageCount: Variable<1>;
  /** Pins of GUP-fast in those references: what the kernel tells by the height of the count. */
  readonly pins: Variable<1>;
  /** PageAnonExclusive: the page is mapped by one mm, which has not shared it with a child. */
  readonly exclusive: Variable<1>;
  /** References on a page's swap slot: one for each swap entry. */
  readonly swapCount: Variable<1>;
  readonly nrPtes: Variable<1>;
  readonly seq: Variable<1>;
  /** The mutex of protocol v5-seq-serialised. */
  readonly seqMutex: Variable<1>;
  /** Sections of write_protect_seq that are open: from the store of begin to the store of end. */
  readonly sections: Variable<1>;
  /** Sections that were ever begun; of those, the ones of fork; and fork's that are open. */
  readonly sectionsBegun: Variable<1>;
  readonly forkSections: Variable<1>;
  readonly forkSectionsBegun: Variable<1>;
  /** mmap_lock: the number of readers, or -1 for a writer. */
  readonly mmapLock: Variable<1>;
  /** The rwsem of the family's anon_vma, and i_mmap_rwsem: number of readers, or -1. */
  readonly rmapLock: Variable<0>;
  /** The vma of the slot is gone from the family's anon_vma: a walk that starts now does not find it. */
  readonly rmapUnlinked: Variable<2>;
  readonly iMmapLock: Variable<0>;
  /** The same for the file's i_mmap. */
  readonly fileUnlinked: Variable<2>;
  /** There is no vma at a part of the mm: an entry, or the other pages of a slot (see vma.ts). By mm and part. */
  readonly vmaGone: Variable<2>;
  /** The vma of the slot has been cut in pieces: none of them covers the 2 MiB. */
  readonly vmaSplit: Variable<2>;
  /** The lock bit of a page. */
  readonly pageLock: Variable<1>;
  /** mm_users beside the tasks: the number of holders, or -1 once the last user of the mm has gone. */
  readonly users: Variable<1>;
  /** What a processor in user mode has cached of its slot. */
  readonly tlb: Variable<1>;
  /** A GUP-fast walk has interrupts off. */
  readonly irqsOff: Variable<1>;
  /** The fork into an mm had no memory: the mm goes away, and no task of it ever runs. */
  readonly forkFailed: Variable<1>;
  /** Allocations that may still fail. */
  readonly failuresLeft: Variable<0>;
  /** The page that an mm's own last write put behind an entry, or that fork gave it. */
  readonly expected: Variable<2>;
  /** The page that was behind an entry before it was discarded, while somebody may find it still; see data.ts. */
  readonly discarded: Variable<2>;
  /** Something of the mm was discarded since its last flush. */
  readonly flushOwed: Variable<1>;
  /** The page of which a page is a copy that nobody has written to. */
  readonly copyOf: Variable<1>;
  /** The mm that has written to a page in place. */
  readonly pageWriter: Variable<1>;
}

const numbers = (n: number): string[] => Array.from({ length: n }, (_, i) => `${i}`);
const nobody = (d: Domain): Domain => ({ ...d, size: 0, labels: [] });

/** How many slots point to a table at the start. */
const sharersOf = (shape: Shape, table: number): number => {
  let n = 0;
  for (let m = 0; m < shape.mms.length; m++)
    for (let s = 0; s < shape.slots; s++) n += Number(shape.slotAtStart(m, s).table === table);
  return n;
};

/** References of one kind that the entries of all tables hold on a page at the start, counted once for each sharer. */
const referencesAtStart = (shape: Shape, page: number, kinds: readonly number[]): number => {
  let n = 0;
  for (let t = 0; t < shape.initialTables; t++)
    for (let e = 0; e < shape.entries; e++) {
      const entry = shape.entryAtStart(t, e);
      if (entry.page === page && kinds.includes(entry.kind)) n += sharersOf(shape, t);
    }
  return n;
};

/** Does one mm alone map the page, through a table that it shares with nobody? */
const isOwnedAtStart = (shape: Shape, page: number): boolean => {
  for (let m = 0; m < shape.mms.length; m++)
    for (let s = 0; s < shape.slots; s++) {
      const { table, writable } = shape.slotAtStart(m, s);
      if (table === NONE || !writable) continue;
      for (let e = 0; e < shape.entries; e++) if (shape.entryAtStart(table, e).page === page) return true;
    }
  return false;
};

/** Declares every shared variable with its range and its value at the start. Those of no use in a scenario stay out later. */
export function declareVariables(shape: Shape, d: Domains): KernelVariables {
  const { mm, slot, table, entry, page } = d;
  const owner = optional(d.thread);
  const mutex = { lock: 'mutex' } as const;
  const rwsem = { initial: 0, lock: 'rwsem' } as const;
  const rwsemType = range(-1, shape.threads.length);
  // Below 0: a table that is freed already may be put once more by each thread.
  const most = shape.mms.length * shape.slots + shape.threads.length;
  const sharers = range(-2 * shape.threads.length, most);
  const mapped = [ENTRY_KIND.present, ENTRY_KIND.protnone];
  const mappings = shape.mms.length * shape.slots;
  const slotEntry: Domain = {
    name: 'entry of an mm',
    size: shape.slots * shape.entries,
    labels: numbers(shape.slots * shape.entries),
  };
  const vmaPart: Domain = {
    name: 'part of a vma',
    size: shape.slots * (shape.entries + 1),
    labels: numbers(shape.slots * (shape.entries + 1)),
  };
  const inFamily = (t: number | undefined, e: number | undefined) =>
    shape.entryAtStart(t as number, e as number);
  const expectedAtStart = (m: number, flat: number): number => {
    const t = shape.slotAtStart(m, Math.floor(flat / shape.entries)).table;
    return t === NONE ? NONE : shape.entryAtStart(t, flat % shape.entries).page;
  };
  const perTable = (shape.splitPtlocks && !shape.globalPtl) || shape.tableLock;
  const perMm = !shape.splitPtlocks && !shape.globalPtl;
  // A break, and its second attempt, for each slot; one of a text may begin and end more than one section.
  const mostBegun = 2 * shape.threads.length * shape.slots * (shape.breakOfText ? 2 : 1);
  const begun = range(0, mostBegun);
  const sections = range(0, shape.threads.length);
  const openSections = shape.breakOfText ? range(-mostBegun, mostBegun) : sections;
  const at = (m: number | undefined, s: number | undefined) => shape.slotAtStart(m as number, s as number);
  return {
    slotKind: sharedVariable(
      'slot_kind',
      [mm, slot],
      oneOf(shape.specialSlots ? Object.keys(SLOT_KIND) : ['table']),
      {
        location: 'slot',
        initial: (m, s) => at(m, s).kind,
      },
    ),
    slotTable: sharedVariable('slot_table', [mm, slot], optional(table), {
      location: 'slot',
      initial: (m, s) => at(m, s).table,
    }),
    slotWritable: sharedVariable('slot_w', [mm, slot], boolean, {
      location: 'slot',
      initial: (m, s) => at(m, s).writable,
    }),
    count: sharedVariable('ref', [table], sharers, { initial: (t) => sharersOf(shape, t as number) }),
    speculative: sharedVariable('speculative', [table], range(0, shape.threads.length), { ghost: true }),
    life: sharedVariable('life', [table], oneOf(Object.keys(LIFE)), {
      ghost: true,
      initial: (t) => ((t as number) < shape.initialTables ? LIFE.published : LIFE.unallocated),
    }),
    moving: sharedVariable('moving', [table], boolean, { ghost: true }),
    ptl: sharedVariable('ptl', [perTable ? table : nobody(table)], owner, mutex),
    pageTableLock: sharedVariable('page_table_lock', [shape.splitPtlocks ? nobody(mm) : mm], owner, mutex),
    globalLock: sharedVariable('global_ptl', [], owner, mutex),
    pmdLock: sharedVariable('pmd_lock', [perMm ? nobody(mm) : mm], owner, mutex),
    entryKind: sharedVariable(
      'pte_kind',
      [table, entry],
      oneOf(shape.specialEntries ? Object.keys(ENTRY_KIND) : ['present']),
      { location: 'pte', initial: (t, e) => inFamily(t, e).kind },
    ),
    entryPage: sharedVariable('pte_page', [table, entry], optional(page), {
      location: 'pte',
      initial: (t, e) => inFamily(t, e).page,
    }),
    entryWritable: sharedVariable('pte_w', [table, entry], boolean, {
      location: 'pte',
      initial: (t, e) => inFamily(t, e).writable,
    }),
    entryWriter: sharedVariable('pte_writer', [table, entry], optional(mm), { ghost: true }),
    // It falls below 0 where a broken protocol puts a page once too often.
    pageCount: sharedVariable(
      'page_ref',
      [page],
      range(-mappings - shape.threads.length, mappings + 2 * shape.threads.length),
      {
        initial: (p) => referencesAtStart(shape, p as number, mapped),
      },
    ),
    pins: sharedVariable('pins', [page], range(0, shape.gups.length), { location: 'page_ref' }),
    exclusive: sharedVariable('exclusive', [page], boolean, {
      initial: (p) => Number(isOwnedAtStart(shape, p as number)),
    }),
    swapCount: sharedVariable('swap_count', [page], range(-shape.threads.length, bounds(sharers).high), {
      initial: (p) => referencesAtStart(shape, p as number, [ENTRY_KIND.swap]),
    }),
    nrPtes: sharedVariable(
      'nr_ptes',
      [mm],
      range(-shape.threads.length, shape.slots + shape.threads.length),
      {
        initial: (m) => numbers(shape.slots).filter((_, s) => at(m, s).table !== NONE).length,
      },
    ),
    seq: sharedVariable('seq', [mm], shape.seqIncrements > 0 ? range(0, shape.seqIncrements) : boolean),
    seqMutex: sharedVariable('seq_mutex', [mm], owner, mutex),
    sections: sharedVariable('open_sections', [mm], openSections, { ghost: true, initial: () => 0 }),
    sectionsBegun: sharedVariable('begun_sections', [mm], begun, { ghost: true }),
    forkSections: sharedVariable('open_fork_sections', [mm], sections, { ghost: true }),
    forkSectionsBegun: sharedVariable('begun_fork_sections', [mm], begun, { ghost: true }),
    mmapLock: sharedVariable('mmap_lock', [mm], rwsemType, rwsem),
    rmapLock: sharedVariable('rmap_lock', [], rwsemType, rwsem),
    rmapUnlinked: sharedVariable('rmap_unlinked', [mm, slot], boolean),
    iMmapLock: sharedVariable('i_mmap_lock', [], rwsemType, rwsem),
    fileUnlinked: sharedVariable('i_mmap_unlinked', [mm, slot], boolean),
    vmaGone: sharedVariable('vma_gone', [mm, vmaPart], boolean, {
      initial: (m, flat) => {
        const s = Math.floor((flat as number) / (shape.entries + 1));
        const part = (flat as number) % (shape.entries + 1);
        return Number(shape.vmaGoneAtStart(m as number, s, part < shape.entries ? part : null));
      },
    }),
    vmaSplit: sharedVariable('vma_split', [mm, slot], boolean, {
      initial: (m, s) => Number(shape.vmaSplitAtStart(m as number, s as number)),
    }),
    pageLock: sharedVariable('page_lock', [page], owner, mutex),
    users: sharedVariable('mm_users', [mm], range(-1, shape.holders), rwsem),
    tlb: sharedVariable('tlb', [d.cpu], optional(table)),
    irqsOff: sharedVariable('irqs_off', [d.gup], boolean),
    forkFailed: sharedVariable('fork_failed', [mm], boolean, { ghost: true }),
    failuresLeft: sharedVariable('failures_left', [], range(0, shape.allocFailures), {
      ghost: true,
      initial: shape.allocFailures,
    }),
    expected: sharedVariable('expected_page', [mm, slotEntry], optional(page), {
      ghost: true,
      initial: (m, flat) => expectedAtStart(m as number, flat as number),
    }),
    discarded: sharedVariable('discarded_page', [mm, slotEntry], optional(page), { ghost: true }),
    flushOwed: sharedVariable('flush_owed', [mm], boolean, { ghost: true }),
    copyOf: sharedVariable('copy_of', [page], optional(page), { ghost: true }),
    pageWriter: sharedVariable('page_writer', [page], optional(mm), { ghost: true }),
  };
}
