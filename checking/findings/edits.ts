import type { EditName, Violation } from './finding.ts';

/** An edit that the corrected protocol makes to v5, and what shows that it is needed. */
export interface FixedEdit {
  readonly name: EditName;
  readonly title: string;
  /** What changes in the kernel. */
  readonly what: string;
  /** Why it is needed. */
  readonly why: string;
  /** What it costs. */
  readonly cost: string;
  /** Without this edit, and with all the others, this is violated: the smallest scenario of the default suite that shows it. */
  readonly leftOut: Violation;
}

/** The edits of `fixed`, in the order in which a reader needs them. */
export const fixedEdits: readonly FixedEdit[] = [
  {
    name: 'slotUnderPmdLock',
    title: 'The slot is read and changed under the pmd lock',
    what: 'pte_offset_map_lock(), handle_cow_pte_fault(), page_vma_mapped_walk() and zap take pmd_lock(), read the slot once, and take the pte lock of the table that this one value names. The break, zap and fork hold both until the slot has been changed; everybody else drops the pmd lock once the pte lock is held. Lock order: pmd lock, then pte lock.',
    why: 'The pte lock lives in the table, so it cannot protect the way to the table. Between the read of the slot and the lock another thread of the mm can exchange the table, and another mm can free it.',
    cost: 'One more spin lock for each pte_offset_map_lock(), with split PTE locks one per PMD page. A kernel that frees tables by RCU can do with a second read of the slot under the pte lock.',
    leftOut: {
      scenario: 'two write-faults in A beside the exit of B',
      property: 'no-use-after-free',
    },
  },
  {
    name: 'tableLock',
    title: 'A table has a lock of its own in every configuration',
    what: 'Also without split PTE locks the page of a table has a ptl; break, fork and zap take it after page_table_lock.',
    why: 'pte_lockptr() yields the page_table_lock of the mm there. Two mms that share a table then exclude each other nowhere.',
    cost: 'A lock word in the page of each table, on machines with fewer than 4 CPUs. Or: no COW-ed tables in such kernels.',
    leftOut: {
      scenario: 'one write-fault in each of A and B, without split PTE locks',
      property: 'put-never-last',
    },
  },
  {
    name: 'shareCount',
    title: 'The sharers are counted apart from the references',
    what: 'pmd_get_pte(), pmd_put_pte() and cow_pte_count() work on a counter in the page of the table, not on its reference count.',
    why: 'Anybody may raise the reference count of any page for a moment. A sharer too many makes the last one put its reference, and the stranger frees the table.',
    cost: 'A word in the page of each table.',
    leftOut: {
      scenario: 'a speculative reference beside the exits of A and B',
      property: 'no-use-after-free',
    },
  },
  {
    name: 'putOutsideWarning',
    title: 'The put is a statement of its own',
    what: 'handle_cow_pte_fault() calls pmd_put_pte() always; only the result goes into VM_WARN_ON().',
    why: 'Without CONFIG_DEBUG_VM the argument of VM_WARN_ON() is not evaluated.',
    cost: 'Nothing.',
    leftOut: {
      scenario: 'one write-fault in each of A and B, without CONFIG_DEBUG_VM',
      property: 'refcount-matches',
    },
  },
  {
    name: 'flushInLock',
    title: 'The flush comes before the unlock',
    what: 'handle_cow_pte_fault() calls flush_tlb_range() before it drops the pte lock.',
    why: 'A processor may walk the old table through a cached slot until the flush. With the lock dropped another sharer can write into the table, or free it.',
    cost: 'An IPI under a spin lock, as ptep_clear_flush() has it already.',
    leftOut: {
      scenario: 'a processor of A beside a write-fault in A and the exit of B',
      property: 'tlb-no-freed-walk',
    },
  },
  {
    name: 'seqcount',
    title: 'A break leaves write_protect_seq alone',
    what: 'handle_cow_pte_fault() has no raw_write_seqcount_begin() and _end().',
    why: 'The seqcount has no lock of its own. Its other writer, fork, holds mmap_lock for write; breaks hold it for read or not at all.',
    cost: 'Nothing: GUP-fast looks at the slot again after it has taken its reference.',
    leftOut: { scenario: 'two breaks in A beside an idle B', property: 'seqcount-one-writer' },
  },
  {
    name: 'everyFaultBreaks',
    title: 'Every fault breaks first',
    what: '__handle_mm_fault() calls the break for every fault that finds a COW-ed slot, and returns VM_FAULT_OOM if that fails. handle_pte_fault() has no break of its own.',
    why: 'Anonymous read faults and NUMA hint faults store to entries as well; and the result of the break in handle_pte_fault() is dropped.',
    cost: 'A read fault in a shared table copies it. That is the price of a table in which several mms see the same entries.',
    leftOut: { scenario: 'an anonymous read fault in A', property: 'shared-never-modified' },
  },
  {
    name: 'zapInOneSection',
    title: 'Zap gives a table up in one section, and only for good',
    what: 'Where a vma goes away whole (exit, munmap) zap_pte_range() tests the count, drops the accounting, puts the table, empties the slot and flushes under one hold of pmd lock and pte lock. Any other zap (MADV_DONTNEED, truncate, a part of a vma) breaks first, zaps what was asked for, and ends with an error if the break fails.',
    why: 'Widening a request discards what nobody named. A slot that is emptied while the vma stays is met by page faults and reverse-map walks. In three sections the count can change in between.',
    cost: 'MADV_DONTNEED and truncation copy a shared table, and can fail.',
    leftOut: { scenario: 'MADV_DONTNEED of one of two entries in A', property: 'no-lost-entry' },
  },
  {
    name: 'forkInOneSection',
    title: 'Fork shares a table in one section',
    what: 'copy_cow_pte_range() holds pmd lock and pte lock while it copies the accounting of all entries, clears W in the slot of the parent, raises the count and stores the slot of the child with W=0. A pinned page is met before anything is shared.',
    why: 'A reverse-map break needs no mmap_lock. It must not see a table that is shared and writable, and must not exchange the table between the count and the store for the child.',
    cost: 'The pmd lock is held for up to 512 entries. Swap count continuations have to be allocated before.',
    leftOut: { scenario: 'the fork of A', property: 'shared-is-read-only' },
  },
  {
    name: 'rmapLooksAgain',
    title: 'A reverse-map walk looks at W under the lock',
    what: 'page_vma_mapped_walk(), in a walk that has broken, reads the slot again once it holds the pte lock, and skips the mm if it is COW-ed.',
    why: 'The walk holds no mmap_lock: a fork can share the table between the break and the lock.',
    cost: 'One read.',
    leftOut: {
      scenario: 'the fork of A beside a break of the reverse map',
      property: 'shared-never-modified',
    },
  },
  {
    name: 'mremapBreaksBoth',
    title: 'mremap breaks both slots',
    what: 'move_page_tables() breaks the slot of the old address and that of the new one, and ends if either fails.',
    why: 'move_ptes() stores to both tables; move_normal_pmd() stores the new slot with W=1.',
    cost: 'A table more is copied where a neighbour of the destination is shared.',
    leftOut: {
      scenario: 'mremap of one entry in A into a shared neighbour',
      property: 'shared-never-modified',
    },
  },
];
