import type { Scenario } from '../scenario.ts';
import { declare } from './declare.ts';

/** Forks, and who runs beside them. */
export const forks: readonly Scenario[] = [
  declare(
    'the fork of A',
    'a private table becomes shared',
    'A+C',
    [['A', 'fork']],
    { entries: 2 },
    { initial: 'private' },
  ),
  declare(
    'the fork of A, write-protecting first',
    'the same with the slots protected first',
    'A+C',
    [['A', 'fork-wrprotect-first']],
    {},
    { initial: 'private' },
  ),
  declare(
    'the fork of A beside a break of the reverse map',
    'the break needs no mmap_lock, the fork protects the slots without the pte lock',
    'A+C',
    [
      ['A', 'fork'],
      ['A', 'rmap-break'],
    ],
    {},
    { initial: 'private' },
  ),
  declare('the fork of A, then write-faults in A and C', 'parent and child break the same table', 'AB+C', [
    ['A', 'fork'],
    ['A', 'write-fault'],
    ['C', 'write-fault'],
  ]),
  declare(
    'the fork of A, then the exit of C, one allocation may fail',
    'a fork that fails takes the child down again',
    'A+C',
    [
      ['A', 'fork'],
      ['C', 'exit'],
    ],
    { allocFailures: 1 },
  ),
  declare(
    'the fork of A beside a write-fault of A and GUP-fast',
    'what GUP-fast pins must not be shared',
    'A+C',
    [
      ['A', 'fork'],
      ['A', 'write-fault'],
      ['A', 'gup-fast'],
    ],
    {},
    { initial: 'private' },
  ),
  declare(
    'the fork of A beside a break, a reverse-map break and GUP-fast',
    'two write sections of one seqcount hide the fork',
    'A+C',
    [
      ['A', 'fork'],
      ['A', 'rmap-break'],
      ['A', 'gup-fast'],
    ],
  ),
];
