import type { Claim } from './claim.ts';

/** What the comments on and in break_cow_pte() and break_cow_pte_range() promise. */
export const breakHelpers: readonly Claim[] = [
  {
    id: 'break-returns-private',
    comment: '70c949487aed',
    at: 'mm/memory.c:5387',
    subject: 'errors',
    says: 'When it returns 0 the slot is writable on a table of its own, empty or no table; without memory it tries once more, and it always returns.',
    searches: [
      {
        properties: ['break-leaves-private', 'every-break-ends'],
        scenarios: [
          'one break in each of A and B',
          'two breaks in A beside an idle B',
          'a reverse-map break in A, allocations may fail',
          'swapoff in A beside a write-fault in B, allocations may fail',
          'mremap of a shared slot in A into an empty one',
        ],
      },
    ],
  },
  {
    id: 'callers-heed-the-error',
    comment: '70c949487aed',
    at: 'mm/memory.c:5387',
    subject: 'errors',
    says: 'A caller that gets an error goes no further with the shared table.',
    searches: [
      {
        properties: ['failure-reported'],
        scenarios: [
          'a reverse-map break in A, allocations may fail',
          'swapoff in A beside a write-fault in B, allocations may fail',
          'a cut vma, a fork and the exit of A, allocations may fail',
          'mremap of a shared slot in A into an empty one',
        ],
      },
    ],
  },
  {
    id: 'type-of-the-slot-later',
    comment: '3470c69afb5c',
    at: 'mm/memory.c:5430',
    subject: 'entries',
    says: 'The slot may be handed on without a look: what is no table is found out before anything is done to it.',
    searches: [
      {
        properties: ['break-leaves-private', 'every-break-ends'],
        scenarios: [
          'a write-fault and a break of a huge slot',
          'a break of a swapped and of a devmap slot',
          'break-range over two slots of A',
        ],
      },
    ],
  },
  {
    id: 'range-breaks-every-slot',
    comment: '2140ca055263',
    at: 'mm/memory.c:5455',
    subject: 'errors',
    says: 'It returns 0 only if every slot of the range was broken.',
    searches: [
      {
        properties: ['break-leaves-private', 'refcount-matches', 'failure-reported'],
        scenarios: ['break-range over two slots of A', 'remap-pfn in A beside a reverse-map break in A'],
      },
    ],
    open: 'A range that is not inside the vma, for which it returns an error, is not in the model.',
  },
];
