import type { Claim } from './claim.ts';
import {
  cpuBesideExit,
  cpuBesideFaults,
  failing,
  faults,
  noDebug,
  noSplit,
  oneEach,
  stranger,
  three,
  twoBesideExit,
  twoBesideIdle,
  twoFaults,
} from './scenarios.ts';

/** What the comments on and in handle_cow_pte_fault() promise, in their order. */
export const breakFault: readonly Claim[] = [
  {
    id: 'pte-lock-covers-the-slot',
    comment: 'd76636027a40',
    at: 'mm/memory.c:5205',
    subject: 'locks',
    says: 'The PTE lock alone protects the slot as well: whoever uses the table or changes the slot holds the lock of the table that the slot points to.',
    searches: [
      {
        properties: ['no-use-after-free', 'right-lock-for-slot', 'right-lock-for-entry', 'no-foreign-write'],
        scenarios: [
          ...faults,
          'an anonymous read fault beside a write-fault in A',
          'a reverse-map break in A beside a write-fault in A',
          'mremap in A beside a reverse-map break in A',
        ],
      },
    ],
  },
  {
    id: 'empty-or-private-needs-nothing',
    comment: '8bcfddb491ab',
    at: 'mm/memory.c:5228',
    subject: 'order',
    says: 'A slot that reads as empty or as writable, without any lock, needs no break.',
    searches: [
      {
        properties: ['break-leaves-private', 'shared-never-modified'],
        scenarios: [
          ...faults,
          'a write-fault in A that finds no table',
          'the fork of A beside a break of the reverse map',
        ],
      },
    ],
  },
  {
    id: 'no-table-no-break',
    comment: 'd80dd7abae54',
    at: 'mm/memory.c:5231',
    subject: 'entries',
    says: 'Slots with a huge page, a swap or migration entry or a devmap entry are left alone, and never taken for a table.',
    searches: [
      {
        properties: ['break-leaves-private', 'every-break-ends'],
        scenarios: ['a write-fault and a break of a huge slot', 'a break of a swapped and of a devmap slot'],
      },
    ],
  },
  {
    id: 'notifier-range',
    comment: '5d0d40200c76',
    at: 'mm/memory.c:5241',
    subject: 'notifier',
    says: 'A notifier for the faulting vma is enough although the table maps neighbours of that vma too.',
    searches: [],
    open: 'There is no second MMU (KVM, IOMMU) in the model.',
    answer:
      'It seems not: a break copies the entries as they are, for the vma and its neighbours alike, so that a second MMU keeps mapping the same pages. This is an argument, not a search.',
  },
  {
    id: 'last-sharer-reuses',
    comment: '86bca7ca61cf',
    at: 'mm/memory.c:5250',
    subject: 'refcount',
    says: 'Who finds the count at 1 under the lock is the only user of the table and may make the slot writable.',
    searches: [
      {
        properties: ['lifecycle', 'shared-is-read-only', 'shared-never-modified', 'refcount-matches'],
        scenarios: [...faults, failing(twoFaults)],
      },
    ],
    rules: [
      {
        onlyIf: 'CONFIG_SPLIT_PTE_PTLOCKS is on, so that two sharers of a table share its lock',
        without: { properties: ['refcount-matches'], scenarios: [noSplit] },
      },
      {
        onlyIf:
          'nobody holds a speculative reference to the page of the table, because that counts as a sharer',
        without: { properties: ['lifecycle', 'refcount-matches'], scenarios: [stranger] },
      },
    ],
  },
  {
    id: 'no-lock-at-allocation',
    comment: '177c2d439621',
    at: 'mm/memory.c:5263',
    subject: 'allocation',
    says: 'The new table is allocated with no spin lock held.',
    searches: [
      {
        properties: ['no-sleep-under-spinlock'],
        scenarios: [...faults, failing(oneEach), failing(twoFaults)],
      },
    ],
  },
  {
    id: 'copy-needs-no-accounting',
    comment: '101efdb39198',
    at: 'mm/memory.c:5266',
    subject: 'accounting',
    says: 'Fork has done the accounting for the sharer, so that a plain copy of the entries leaves all counts right.',
    searches: [
      {
        properties: ['accounting', 'no-lost-entry'],
        scenarios: [
          ...faults,
          failing(three),
          'one write-fault in each of A and B, two entries',
          'the fork of A, then write-faults in A and C',
        ],
      },
    ],
  },
  {
    id: 'allocate-before-lock',
    comment: '504da35835ba',
    at: 'mm/memory.c:5271',
    subject: 'allocation',
    says: 'The table is allocated before the lock is taken, and is not lost if it is not needed or there is none.',
    searches: [
      {
        properties: ['no-sleep-under-spinlock', 'new-table-installed-or-freed', 'failure-reported'],
        scenarios: [failing(oneEach), failing(three), failing(twoFaults), failing(twoBesideExit)],
      },
    ],
  },
  {
    id: 'one-lock-for-all-operations',
    comment: '2baa35decdbb',
    at: 'mm/memory.c:5281',
    subject: 'locks',
    says: 'From before the copy until after the put one lock is held that keeps reverse-map walks, page-table walks and other breaks out of the table.',
    searches: [
      {
        properties: ['no-use-after-free', 'right-lock-for-slot', 'no-foreign-write', 'shared-never-modified'],
        scenarios: [
          ...faults,
          'a reverse-map walk in A beside a write-fault in A and the exit of B',
          'a reverse-map break in A beside a write-fault in A',
          'GUP-slow and a write-fault in A beside the exit of B',
        ],
      },
    ],
  },
  {
    id: 'one-reading-of-the-slot',
    comment: '33ba306201cf',
    at: 'mm/memory.c:5291',
    subject: 'order',
    says: 'What is read from the slot under the lock stays true until the new table is installed.',
    searches: [
      {
        properties: ['pmd-same', 'no-lost-entry'],
        scenarios: [...faults, 'a reverse-map break in A beside a write-fault in A'],
      },
    ],
  },
  {
    id: 'count-again-after-allocation',
    comment: '0e87d7d1fc10',
    at: 'mm/memory.c:5294',
    subject: 'refcount',
    says: 'While the lock was not held others may have broken the table; the second look at the count catches that.',
    searches: [
      {
        properties: ['put-never-last', 'refcount-matches', 'no-table-leak'],
        scenarios: faults,
      },
    ],
  },
  {
    id: 'lock-of-the-table-counted',
    comment: '0e87d7d1fc10',
    at: 'mm/memory.c:5294',
    subject: 'locks',
    says: 'The table whose count is looked at again is the one whose lock is held.',
    searches: [{ properties: ['right-lock-for-slot', 'no-use-after-free'], scenarios: faults }],
  },
  {
    id: 'slot-never-empty',
    comment: 'cb05d15e2295',
    at: 'mm/memory.c:5305',
    subject: 'order',
    says: 'The slot holds the old table until the copy is complete, so that no fault finds it empty and installs another table.',
    searches: [
      {
        properties: ['no-empty-slot-deref', 'no-lost-entry'],
        scenarios: [twoBesideIdle, twoFaults, failing(twoFaults), twoBesideExit],
      },
    ],
  },
  {
    id: 'new-table-is-unknown',
    comment: 'be8186625ba4',
    at: 'mm/memory.c:5316',
    subject: 'locks',
    says: 'Until it is installed nobody else reaches the new table, so that its lock is not needed.',
    searches: [
      {
        properties: ['right-lock-for-entry', 'no-foreign-write', 'lifecycle'],
        scenarios: [...faults, failing(twoFaults)],
      },
    ],
  },
  {
    id: 'entries-as-they-are',
    comment: 'f02ec30d45ec',
    at: 'mm/memory.c:5324',
    subject: 'entries',
    says: 'The entries can be copied as they are: all pages are mapped for copy on write, and the fault does the rest.',
    searches: [
      {
        properties: ['no-lost-entry', 'accounting', 'shared-never-modified'],
        scenarios: [
          oneEach,
          three,
          twoFaults,
          'one write-fault in each of A and B, two entries',
          'the fork of A, then write-faults in A and C',
        ],
      },
    ],
    open: 'The model maps private anonymous pages and private file pages; tables with shared, device or uffd-protected entries are not in it.',
  },
  {
    id: 'never-the-last-put',
    comment: '50f915724c3b',
    at: 'mm/memory.c:5338',
    subject: 'refcount',
    says: 'On the copying path somebody else still uses the old table, so that this put is never the last; the warning would tell.',
    searches: [
      {
        properties: ['put-never-last', 'refcount-matches'],
        scenarios: [...faults, failing(three), failing(twoFaults)],
      },
    ],
    rules: [
      {
        onlyIf: 'CONFIG_DEBUG_VM is on: without it the warning evaluates nothing and the put is not made',
        without: { properties: ['refcount-matches', 'no-table-leak'], scenarios: [noDebug] },
      },
      {
        onlyIf: 'CONFIG_SPLIT_PTE_PTLOCKS is on, so that two sharers of a table share its lock',
        without: { properties: ['put-never-last'], scenarios: [noSplit] },
      },
      {
        onlyIf: 'nobody holds a speculative reference to the page of the table',
        without: { properties: ['put-never-last'], scenarios: [stranger] },
      },
    ],
  },
  {
    id: 'install-after-the-copy',
    comment: '89125fe1eb59',
    at: 'mm/memory.c:5347',
    subject: 'order',
    says: 'The new table is installed when it is complete and the old one is put.',
    searches: [
      {
        properties: ['no-lost-entry', 'pmd-same', 'lifecycle', 'break-leaves-private'],
        scenarios: [...faults, 'one write-fault in each of A and B, two entries'],
      },
    ],
  },
  {
    id: 'installed-is-not-freed',
    comment: '36091acdf23f',
    at: 'mm/memory.c:5349',
    subject: 'lifetime',
    says: 'A table that was installed is not freed by its breaker, and one that was not is.',
    searches: [
      {
        properties: ['new-table-installed-or-freed', 'lifecycle', 'refcount-matches'],
        scenarios: [...faults, failing(oneEach), failing(twoFaults)],
      },
    ],
  },
  {
    id: 'flush-after-unlock',
    comment: 'ab8ccf9ae562',
    at: 'mm/memory.c:5357',
    subject: 'flush',
    says: 'A flush after the lock is dropped is early enough.',
    searches: [
      {
        properties: ['tlb-no-foreign-read', 'tlb-no-freed-walk', 'reads-own-data'],
        scenarios: [cpuBesideFaults, cpuBesideExit],
      },
    ],
    answer: {
      holds: 'No need: between the unlock and the flush no processor reads what it must not read.',
      violated:
        'Yes. Once the lock is dropped the other sharer may take the old table for its own, write to it or have it freed, while processors of this mm still walk it through what they have cached.',
      proposal: {
        protocol: 'v5-flush-in-lock',
        searches: {
          properties: ['tlb-no-foreign-read', 'tlb-no-freed-walk', 'reads-own-data'],
          scenarios: [cpuBesideFaults, cpuBesideExit],
        },
      },
    },
  },
];
