import type { Scenario } from '../scenario.ts';
import { declare } from './declare.ts';

/** Paths that insert pages, or change vmas. */
export const vmas: readonly Scenario[] = [
  declare(
    'insert-page in A beside a write-fault in B',
    'a page is put into a hole',
    'AB',
    [
      ['A', 'insert-page'],
      ['B', 'write-fault'],
    ],
    { allocFailures: 2 },
  ),
  declare('insert-pfn in A beside a write-fault in A', 'a PFN is put into a hole', 'AB', [
    ['A', 'insert-pfn'],
    ['A', 'write-fault'],
  ]),
  declare(
    'remap-pfn in A beside a reverse-map break in A',
    'a range is broken under mmap_lock for write',
    'AB',
    [
      ['A', 'remap-pfn'],
      ['A', 'rmap-break'],
    ],
  ),
  declare(
    'break-range over two slots of A',
    'how many slots failed',
    'AB',
    [
      ['A', 'break-range'],
      ['B', 'write-fault'],
    ],
    { slots: 2, allocFailures: 2 },
  ),
  declare(
    'split-vma in A beside a write-fault in B',
    'a vma is cut in the middle of the slot',
    'AB',
    [
      ['A', 'split-vma'],
      ['B', 'write-fault'],
    ],
    { allocFailures: 2 },
  ),
  declare(
    'a cut vma, a fork and the exit of A, allocations may fail',
    'a zap that breaks piece by piece drops the failures; free_pgtables() meets a COW-ed slot',
    'A+C',
    [
      ['A', 'split-vma'],
      ['A', 'fork'],
      ['A', 'exit'],
    ],
    { allocFailures: 4 },
  ),
  declare(
    'mremap of a shared slot in A into an empty one',
    'a whole table goes from slot to slot; the result of the break is dropped',
    'AB',
    [
      ['A', 'mremap', { to: 1 }],
      ['B', 'write-fault'],
    ],
    { slots: 2, allocFailures: 2 },
    { initial: { slots: ['shared', 'none'] } },
  ),
  declare(
    'mremap of one entry in A into a shared neighbour',
    'the slot of the new address is not broken',
    'AB',
    [
      ['A', 'mremap', { to: 1, entry: 0 }],
      ['B', 'write-fault', { slot: 1 }],
    ],
    { slots: 2, entries: 2 },
  ),
  declare(
    'mremap in A beside a reverse-map break in A',
    'the walk and the move meet at one entry',
    'AB',
    [
      ['A', 'mremap', { to: 1 }],
      ['A', 'rmap-break'],
    ],
    { slots: 2 },
    { initial: { slots: ['shared', 'none'] } },
  ),
];
