import type { Claim } from './claim.ts';
import { faults, stranger } from './scenarios.ts';

/** What the comments at the places from which a break is called promise. */
export const hooks: readonly Claim[] = [
  {
    id: 'write-protected-is-not-bad',
    comment: '0435eeecad3b',
    at: 'include/linux/pgtable.h:1381',
    subject: 'entries',
    says: 'A walk that looks for bad slots leaves a write-protected one alone instead of clearing it.',
    searches: [
      {
        properties: ['no-lost-entry', 'no-table-leak', 'refcount-matches'],
        scenarios: [
          'swapoff in A beside a write-fault in B, allocations may fail',
          'a swap fault in A beside swapoff',
        ],
      },
    ],
    open: 'A slot that is both write-protected and bad is not in the model: this test now lets it pass. pmd_none_or_clear_bad(), another function, still clears.',
  },
  {
    id: 'hook-breaks-what-changes',
    comment: '0d3f86a5ee1e',
    at: 'mm/memory.c:5701',
    subject: 'entries',
    says: 'Every fault that will change a page or an entry breaks the table first.',
    searches: [
      {
        properties: ['shared-never-modified', 'no-foreign-write', 'failure-reported'],
        scenarios: [
          ...faults,
          'an unsharing fault in A beside a write-fault in B',
          'a file read fault beside a write-fault in B',
          'an anonymous read fault in A',
          'a NUMA hint fault in A',
          'a swap fault in A, one allocation may fail',
        ],
      },
    ],
  },
  {
    id: 'writable-and-shared-is-fatal',
    comment: '75ffe3190036',
    at: 'mm/memory.c:5716',
    subject: 'refcount',
    says: 'The warning after the hook fires only where a table that others share is writable.',
    searches: [
      {
        properties: ['warn-shared-writable'],
        scenarios: [
          ...faults,
          'an anonymous read fault beside a write-fault in A',
          'a swap fault in A beside swapoff',
          stranger,
        ],
      },
    ],
  },
  {
    id: 'mremap-flushes-twice',
    comment: '1d4875c0e4b7',
    at: 'mm/mremap.c:537',
    subject: 'flush',
    says: 'mremap flushes once for the break and once for the move.',
    searches: [],
    open: 'It asks what is needed, not what is safe: that a flush could be left out would take a protocol that leaves it out.',
    answer:
      'Yes, and both are needed: the first drops walks into the old table, which its other sharers go on to use; the second drops translations of the addresses that were moved.',
  },
];
