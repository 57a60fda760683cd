import type { Scenario } from '../scenario.ts';
import { declare } from './declare.ts';

/** Reverse-map walks, which hold no mmap_lock. */
export const reverseMap: readonly Scenario[] = [
  declare(
    'a reverse-map walk in A beside a write-fault in A and the exit of B',
    'a walk that does not break',
    'AB',
    [
      ['A', 'rmap-walk'],
      ['A', 'write-fault'],
      ['B', 'exit'],
    ],
  ),
  declare(
    'a reverse-map break in A beside a write-fault in A',
    'two breakers of one slot under different locks',
    'AB',
    [
      ['A', 'rmap-break'],
      ['A', 'write-fault'],
    ],
  ),
  declare('a reverse-map break in A beside the exit of A', 'the walk overlaps the exit of its own mm', 'AB', [
    ['A', 'rmap-break'],
    ['A', 'exit'],
  ]),
  declare(
    'a reverse-map break in A, allocations may fail',
    'the second attempt, and the OOM killer',
    'AB',
    [
      ['A', 'rmap-break'],
      ['B', 'write-fault'],
    ],
    { allocFailures: 2 },
  ),
];
