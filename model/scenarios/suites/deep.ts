import type { Scenario } from '../scenario.ts';
import { alsoFailing, declare } from './declare.ts';

/** More threads than a quick look has time for. */
export const deep: readonly Scenario[] = [
  declare('two write-faults in each of A and B', 'two threads in each of two sharers', 'AB', [
    ['A', 'write-fault'],
    ['A', 'write-fault'],
    ['B', 'write-fault'],
    ['B', 'write-fault'],
  ]),
  declare(
    'two write-faults in A, one in each of B and C',
    'three sharers, one of them with two threads',
    'ABC',
    [
      ['A', 'write-fault'],
      ['A', 'write-fault'],
      ['B', 'write-fault'],
      ['C', 'write-fault'],
    ],
  ),
  declare(
    'two write-faults in A, one in B, then the exit of B',
    'an exit waits for the fault of its own mm',
    'AB',
    [
      ['A', 'write-fault'],
      ['A', 'write-fault'],
      ['B', 'write-fault'],
      ['B', 'exit'],
    ],
  ),
].flatMap(alsoFailing);
