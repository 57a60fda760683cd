import type { Scenario } from '../scenario.ts';
import { declare } from './declare.ts';

/** Faults that do not break, or break elsewhere. */
export const otherFaults: readonly Scenario[] = [
  declare(
    'an anonymous read fault in A',
    'a hole of a shared table is filled; the fault does not break',
    'AB',
    [['A', 'read-fault-anon']],
  ),
  declare(
    'an anonymous read fault beside a write-fault in A',
    'one fault of A breaks while another looks at the old table',
    'AB',
    [
      ['A', 'read-fault-anon'],
      ['A', 'write-fault'],
    ],
  ),
  declare('a file read fault beside a write-fault in B', 'a fault in a vma with vm_ops breaks first', 'AB', [
    ['A', 'read-fault-file'],
    ['B', 'write-fault'],
  ]),
  declare(
    'an unsharing fault in A beside a write-fault in B',
    'a page is copied without being written',
    'AB',
    [
      ['A', 'unshare-fault'],
      ['B', 'write-fault'],
    ],
  ),
  declare('a swap fault in A', 'the break of a fault on a swap entry', 'AB', [['A', 'swap-fault']]),
  declare(
    'a swap fault in A, one allocation may fail',
    'the result of that break is dropped',
    'AB',
    [['A', 'swap-fault']],
    { allocFailures: 1 },
  ),
  declare('a swap fault in A beside swapoff', 'two paths put the page in the place of its swap entry', 'AB', [
    ['A', 'swap-fault'],
    ['A', 'swapoff'],
  ]),
  declare(
    'swapoff in A beside a write-fault in B, allocations may fail',
    'swapoff breaks with a second attempt',
    'AB',
    [
      ['A', 'swapoff'],
      ['B', 'write-fault'],
    ],
    { allocFailures: 2 },
  ),
  declare('a NUMA hint fault in A', 'the entry is made present again without a break', 'AB', [
    ['A', 'numa-fault'],
  ]),
  declare(
    'a write-fault in A that finds no table',
    'the table is allocated and installed under the pmd lock',
    'A',
    [
      ['A', 'write-fault'],
      ['A', 'write-fault'],
    ],
    { allocFailures: 1 },
    { initial: 'none' },
  ),
  declare(
    'a write-fault and a break of a huge slot',
    'the break must leave alone what is no table',
    'A',
    [
      ['A', 'write-fault'],
      ['A', 'break-only'],
    ],
    {},
    { initial: { slots: ['huge'] } },
  ),
  declare(
    'a break of a swapped and of a devmap slot',
    'the break must leave alone what is no table',
    'A',
    [
      ['A', 'break-only'],
      ['A', 'break-only', { slot: 1 }],
    ],
    { slots: 2 },
    { initial: { slots: ['swap', 'devmap'] } },
  ),
];
