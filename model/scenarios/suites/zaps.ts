import type { Scenario } from '../scenario.ts';
import { declare } from './declare.ts';

/** Parts of an mm that go away while others use the table. */
export const zaps: readonly Scenario[] = [
  declare('the exits of A and B', 'who puts last frees the table', 'AB', [
    ['A', 'exit'],
    ['B', 'exit'],
  ]),
  declare(
    'the exits of A and B, without split PTE locks',
    'who puts last, under two locks',
    'AB',
    [
      ['A', 'exit'],
      ['B', 'exit'],
    ],
    { splitPtlocks: false },
  ),
  declare('the exits of A, B and C', 'three sharers give up one table', 'ABC', [
    ['A', 'exit'],
    ['B', 'exit'],
    ['C', 'exit'],
  ]),
  declare(
    'MADV_DONTNEED of one of two entries in A',
    'the request is widened to the whole table',
    'AB',
    [['A', 'madvise-dontneed', { entry: 0 }]],
    { entries: 2 },
  ),
  declare('MADV_DONTNEED in A beside a write-fault in A', 'the slot is emptied under a page fault', 'AB', [
    ['A', 'madvise-dontneed'],
    ['A', 'write-fault'],
  ]),
  declare(
    'MADV_DONTNEED of one entry with a second slot',
    'the walk runs on into the next slot',
    'AB',
    [['A', 'madvise-dontneed', { entry: 0 }]],
    { slots: 2, entries: 2 },
  ),
  declare(
    'munmap in A beside a write-fault in B',
    'zap and free_pgtables() run under mmap_lock for read',
    'AB',
    [
      ['A', 'munmap'],
      ['B', 'write-fault'],
    ],
  ),
  declare(
    'munmap of one entry in A, one allocation may fail',
    'the vma is cut first, which breaks',
    'AB',
    [['A', 'munmap', { entry: 0 }]],
    { entries: 2, allocFailures: 1 },
  ),
  declare('truncation in A beside a file read fault in A', 'zap without mmap_lock beside a fault', 'AB', [
    ['A', 'truncate'],
    ['A', 'read-fault-file'],
  ]),
  declare(
    'the exit of A beside GUP-fast in B, with RCU table free',
    'tables are freed after a grace period',
    'AB',
    [
      ['A', 'exit'],
      ['B', 'gup-fast'],
    ],
    { rcuTableFree: true },
  ),
  declare(
    'GUP-slow and a write-fault in A beside the exit of B',
    'a walk that does not break locks a table that may be freed',
    'AB',
    [
      ['A', 'gup-slow'],
      ['A', 'write-fault'],
      ['B', 'exit'],
    ],
  ),
  declare(
    'truncation in A beside the exit of A',
    'two zaps of one slot that share no lock but those of the table',
    'AB',
    [
      ['A', 'truncate'],
      ['A', 'exit'],
    ],
  ),
];
