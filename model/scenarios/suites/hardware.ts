import type { Scenario } from '../scenario.ts';
import { declare } from './declare.ts';

/** Processors, GUP and strangers beside breakers. */
export const hardware: readonly Scenario[] = [
  declare(
    'a processor of A beside write-faults in A and B',
    'a slot cached by the processor outlives the break',
    'AB',
    [
      ['A', 'cpu'],
      ['A', 'write-fault'],
      ['B', 'write-fault'],
    ],
  ),
  declare(
    'a processor of A beside a write-fault in A and the exit of B',
    'the table behind a cached slot is freed',
    'AB',
    [
      ['A', 'cpu'],
      ['A', 'write-fault'],
      ['B', 'exit'],
    ],
  ),
  declare('GUP-fast in A beside two write-faults in A', 'pins beside sections of the break', 'AB', [
    ['A', 'gup-fast'],
    ['A', 'write-fault'],
    ['A', 'write-fault'],
  ]),
  declare(
    'GUP-slow in A beside a write-fault in A and one in B',
    'a read under the lock of the old table',
    'AB',
    [
      ['A', 'gup-slow'],
      ['A', 'write-fault'],
      ['B', 'write-fault'],
    ],
  ),
  declare(
    'a speculative reference beside write-faults in A and B',
    'a stranger raises the count of the table for a moment',
    'AB',
    [
      ['A', 'speculative-ref'],
      ['A', 'write-fault'],
      ['B', 'write-fault'],
    ],
  ),
  declare(
    'a speculative reference beside the exits of A and B',
    'a stranger holds the last reference',
    'AB',
    [
      ['A', 'speculative-ref'],
      ['A', 'exit'],
      ['B', 'exit'],
    ],
  ),
];
