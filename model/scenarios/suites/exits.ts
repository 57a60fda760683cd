import type { Scenario } from '../scenario.ts';
import { alsoFailing, declare } from './declare.ts';

/** Write faults of one mm while another sharer of the table exits. */
export const exits: readonly Scenario[] = [
  declare(
    'one write-fault in A beside the exit of B',
    'the other sharer gives up its reference while A breaks',
    'AB',
    [
      ['A', 'write-fault'],
      ['B', 'exit'],
    ],
  ),
  declare(
    'two write-faults in A beside the exit of B',
    'two threads of A break the same slot while the other sharer gives up its reference',
    'AB',
    [
      ['A', 'write-fault'],
      ['A', 'write-fault'],
      ['B', 'exit'],
    ],
  ),
].flatMap(alsoFailing);
