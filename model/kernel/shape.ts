/** What a slot holds at the start. */
export interface SlotAtStart {
  readonly kind: number;
  readonly table: number;
  readonly writable: number;
}

/** What an entry holds at the start. */
export interface EntryAtStart {
  readonly kind: number;
  readonly page: number;
  readonly writable: number;
}

/** A thread of a kind that others must know of: a processor in user mode, or a GUP-fast walk with interrupts off. */
export interface Party {
  readonly label: string;
  readonly mm: number;
}

/** How many of everything a closed system has, and what is true at its start. */
export interface Shape {
  readonly mms: readonly string[];
  readonly threads: readonly string[];
  readonly slots: number;
  /** Entries per table: the mapped ones, then those that some path needs of another kind. */
  readonly entries: number;
  /** Tables that exist at the start come first, then the pools of the threads. */
  readonly tables: number;
  readonly initialTables: number;
  /** All pages that an entry can name: those of the start, then the pages that threads allocate, then special ones. */
  readonly pages: readonly string[];
  /** The zero page, or NONE if no path maps it. */
  readonly zeroPage: number;
  /** Pages whose mappings hold no reference: the zero page and raw page frames. */
  readonly uncountedPages: readonly number[];
  /** Processors in user mode. */
  readonly cpus: readonly Party[];
  /** GUP-fast walks. */
  readonly gups: readonly Party[];
  /** Whether some path reads memory for an mm, so that it matters what it finds. */
  readonly readsData: boolean;
  /** Threads that may hold mm_users of an mm without being a task of it. */
  readonly holders: number;
  readonly allocFailures: number;
  readonly debugVm: boolean;
  readonly splitPtlocks: boolean;
  readonly rcuTableFree: boolean;
  /** Stores to a write_protect_seq that the scenario can make, if somebody reads it; 0 keeps only its parity. */
  readonly seqIncrements: number;
  readonly slotAtStart: (mm: number, slot: number) => SlotAtStart;
  readonly entryAtStart: (table: number, entry: number) => EntryAtStart;
  /**
   * Whether there is no vma at an entry of an mm, or (null) at the other pages of the slot; and whether no vma covers the 2 MiB of
   * a slot, at the start.
   */
  readonly vmaGoneAtStart: (mm: number, slot: number, entry: number | null) => boolean;
  readonly vmaSplitAtStart: (mm: number, slot: number) => boolean;
  /** Whether any slot is huge, devmap or swap at the start. */
  readonly specialSlots: boolean;
  /** Whether any entry is a swap entry or protnone at the start. */
  readonly specialEntries: boolean;
  /** Whether a stranger may raise the count of a table for a moment. */
  readonly speculation: boolean;
  /** Whether some path takes a vma away. */
  readonly unmaps: boolean;
  /** Whether the vmas are private mappings of a file, and so linked in its i_mmap. */
  readonly fileVmas: boolean;
  /** Whether some fork may meet a page that GUP-fast has pinned. */
  readonly pinnedForks: boolean;
  /** Whether some fork may fail for want of memory. */
  readonly forksMayFail: boolean;
  /** Whether some path moves tables from slot to slot. */
  readonly moves: boolean;
  /** A protocol that reads slots under the pmd lock (see the edits of a protocol). */
  readonly slotUnderPmdLock: boolean;
  /** A protocol with a lock in the table's page in every configuration. */
  readonly tableLock: boolean;
  /** A protocol that counts sharers apart from references. */
  readonly shareCount: boolean;
  /** A protocol with one lock for all tables. */
  readonly globalPtl: boolean;
  /** A protocol whose break is that of a text, which may open and close sections as it likes. */
  readonly breakOfText: boolean;
}
