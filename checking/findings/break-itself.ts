import type { Finding } from './finding.ts';
import { forkBesideBreak, forkBesideGup, twoBreakers } from './scenarios.ts';

const noDebug = 'one write-fault in each of A and B, without CONFIG_DEBUG_VM';
const noSplit = 'one write-fault in each of A and B, without split PTE locks';
const cpuAndFaults = 'a processor of A beside write-faults in A and B';
const cpuAndExit = 'a processor of A beside a write-fault in A and the exit of B';

/** What is wrong in handle_cow_pte_fault() beside its look-up of the lock. */
export const breakItself: readonly Finding[] = [
  {
    id: 'put-in-warning',
    title: 'Without CONFIG_DEBUG_VM the reference to the old table is never put',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: noDebug, property: 'refcount-matches' },
    covers: [{ scenarios: [noDebug], properties: ['refcount-matches', 'no-table-leak'] }],
    lines: 'mm/memory.c:5344',
    edits: ['putOutsideWarning'],
    explanation:
      'pmd_put_pte() stands inside VM_WARN_ON(), which evaluates nothing without CONFIG_DEBUG_VM. Each break leaves one count too many. Nobody is ever the last sharer: every table that was once shared is leaked.',
    instead: 'The put is a statement of its own; only its result goes into the warning.',
  },
  {
    id: 'no-split-locks',
    title: 'Without split PTE locks two sharers hold two different locks',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: noSplit, property: 'put-never-last' },
    covers: [{ scenarios: [noSplit], properties: ['refcount-matches', 'no-table-leak', 'put-never-last'] }],
    lines: 'mm/memory.c:5288 (pte_lockptr() yields page_table_lock of the mm)',
    edits: ['tableLock'],
    explanation:
      'With fewer than 4 CPUs pte_lockptr() yields the page_table_lock of the mm. Two mms that share a table then exclude each other nowhere. Both find the count above 1, both copy, and the second put finds count 1: the table is left without a slot.',
    instead: 'A table that can be shared has a lock in its page in every configuration.',
  },
  {
    id: 'two-writers',
    title: 'write_protect_seq has two writers',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: 'two breaks in A beside an idle B', property: 'seqcount-one-writer' },
    covers: [
      {
        scenarios: [...twoBreakers, forkBesideBreak, forkBesideGup],
        properties: [
          'seqcount-one-writer',
          'seqcount-odd-inside',
          'seqcount-even-outside',
          'seqcount-settles',
        ],
      },
    ],
    lines: 'mm/memory.c:5248 and 5366',
    edits: ['seqcount'],
    explanation:
      'raw_write_seqcount_begin() is a load and a store, and relies on its caller for exclusion. Its other writer holds mmap_lock for write. Breaks hold it for read, or not at all. Two of them make the count even while a section is open, and can leave it odd for good: then GUP-fast with FOLL_PIN gives up in this mm until it ends.',
    instead:
      'A break does not touch the seqcount. GUP-fast looks at the slot again after it has taken its reference, and a break changes the slot before anything else can change the entries.',
  },
  {
    id: 'fork-hidden',
    title: 'Two sections at once hide a fork from GUP-fast',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: forkBesideGup, property: 'gup-no-fork-overlap' },
    covers: [
      { scenarios: [forkBesideGup], properties: ['gup-no-overlap', 'gup-no-fork-overlap'] },
      { scenarios: ['GUP-fast in A beside two write-faults in A'], properties: ['gup-no-overlap'] },
    ],
    lines: 'mm/memory.c:5248 and 5366',
    edits: ['seqcount'],
    explanation:
      'A consequence of the two writers. While fork has its section open, a break makes the count even. GUP-fast takes the page for one that no fork is copying, pins it, and finds the count unchanged. Parent and child then share a page that is pinned for DMA.',
    instead: 'Only fork writes write_protect_seq, under mmap_lock for write.',
  },
  {
    id: 'late-flush',
    title: 'The TLB is flushed after the lock is dropped',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: cpuAndFaults, property: 'tlb-no-foreign-read' },
    covers: [
      { scenarios: [cpuAndFaults], properties: ['tlb-no-foreign-read', 'reads-own-data'] },
      { scenarios: [cpuAndExit], properties: ['tlb-no-freed-walk'] },
    ],
    lines: 'mm/memory.c:5354 and 5364',
    edits: ['flushInLock'],
    explanation:
      'A processor may cache the slot and walk the old table until the flush reaches it. Between the unlock and the flush the other sharer can be the last one, reuse the table and write into it: the processor reads what another address space wrote. Or the other sharer exits, and the processor walks a freed table.',
    instead: 'The flush comes before the unlock, in the break and in zap.',
  },
  {
    id: 'warning-reads-twice',
    title: 'The warning of __handle_mm_fault() reads the slot twice',
    kind: 'false alarm',
    protocol: 'v5',
    shown: {
      scenario: 'an anonymous read fault beside a write-fault in A',
      property: 'warn-shared-writable',
    },
    covers: [
      {
        scenarios: ['an anonymous read fault beside a write-fault in A', 'a swap fault in A beside swapoff'],
        properties: ['warn-shared-writable'],
      },
    ],
    lines: 'mm/memory.c:5721-5722',
    edits: ['everyFaultBreaks'],
    explanation:
      'The count is read through one value of the slot and W from another. A break between the two makes a shared, read-only table and a private, writable one look like a shared writable one. Nothing is wrong when it fires.',
    instead:
      'Every fault has broken before it comes here, so the slot is private and stays so. A warning that reads the slot once would do as well.',
  },
  {
    id: 'stranger-counted',
    title: 'A speculative reference counts as a sharer',
    kind: 'corruption',
    protocol: 'v5',
    shown: {
      scenario: 'a speculative reference beside write-faults in A and B',
      property: 'put-never-last',
    },
    covers: [
      {
        scenarios: ['a speculative reference beside write-faults in A and B'],
        properties: ['refcount-matches', 'no-table-leak', 'put-never-last', 'lifecycle', 'no-use-after-free'],
      },
      {
        scenarios: ['a speculative reference beside the exits of A and B'],
        properties: ['refcount-matches', 'lifecycle', 'no-use-after-free'],
      },
    ],
    lines: 'mm/memory.c:5257, 5298 and 5344; zap: 1821 and 1894',
    edits: ['shareCount'],
    explanation:
      'The number of sharers is the reference count of the page. Compaction and others raise that of any page for a moment. The last sharer takes itself for one of two and puts its reference; the drop of the stranger is then the last one and frees the page, without the destructor of the table, with a slot still on it.',
    instead: 'The number of sharers is a counter of its own in the page of the table.',
  },
  {
    id: 'stranger-alarm',
    title: 'A speculative reference sets off the warning of __handle_mm_fault()',
    kind: 'false alarm',
    protocol: 'v5',
    shown: {
      scenario: 'a speculative reference beside write-faults in A and B',
      property: 'warn-shared-writable',
    },
    covers: [
      {
        scenarios: ['a speculative reference beside write-faults in A and B'],
        properties: ['warn-shared-writable'],
      },
    ],
    lines: 'mm/memory.c:5721-5722',
    edits: ['shareCount'],
    explanation:
      'The table is private, and somebody holds a reference to its page for a moment: the warning takes it for a shared writable table.',
    instead: 'The warning reads the counter of sharers.',
  },
];
