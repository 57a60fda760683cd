import type { Scenario } from '../scenario.ts';
import { alsoFailing, declare } from './declare.ts';

/** Write faults of several mms on one shared table. */
export const faults: readonly Scenario[] = [
  declare('one write-fault in each of A and B', 'two sharers break the same table at once', 'AB', [
    ['A', 'write-fault'],
    ['B', 'write-fault'],
  ]),
  declare(
    'one write-fault in each of A and B beside an idle C',
    'the table stays shared with C whatever A and B do',
    'ABC',
    [
      ['A', 'write-fault'],
      ['B', 'write-fault'],
    ],
  ),
  declare(
    'one write-fault in each of A, B and C',
    'three sharers break the same table; one of them is left with it',
    'ABC',
    [
      ['A', 'write-fault'],
      ['B', 'write-fault'],
      ['C', 'write-fault'],
    ],
  ),
  declare(
    'two write-faults in A beside an idle B',
    'two threads of one mm break the same slot; page faults hold mmap_lock for read only',
    'AB',
    [
      ['A', 'write-fault'],
      ['A', 'write-fault'],
    ],
  ),
  declare(
    'two write-faults in A, one in B',
    'two threads of one mm break the same slot while the other sharer breaks its own',
    'AB',
    [
      ['A', 'write-fault'],
      ['A', 'write-fault'],
      ['B', 'write-fault'],
    ],
  ),
].flatMap(alsoFailing);
