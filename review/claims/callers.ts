import type { Claim, Irrelevant } from './claim.ts';

/** What the comments outside handle_cow_pte_fault() promise. */
export const callers: readonly Claim[] = [
  {
    id: 'write-protected-is-not-bad',
    comment: '0435eeecad3b',
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
    id: 'break-returns-private',
    comment: '70c949487aed',
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
    subject: 'entries',
    says: 'The slot may be handed on without a look: what is no table is found out before anything is done to it.',
    searches: [
      {
        properties: ['break-leaves-private', 'no-deadlock'],
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
  {
    id: 'mremap-flushes-twice',
    comment: '1d4875c0e4b7',
    subject: 'flush',
    says: 'mremap flushes once for the break and once for the move.',
    searches: [],
    open: 'It asks what is needed, not what is safe: that a flush could be left out would take a protocol that leaves it out.',
    answer:
      'Yes, and both are needed: the first drops walks into the old table, which its other sharers go on to use; the second drops translations of the addresses that were moved.',
  },
];

/** Comments of the patch that promise nothing. */
export const irrelevant: readonly Irrelevant[] = [
  { comment: '5164f2d99f18', because: 'It names the condition that ends here.' },
];
