import { each, LIFE } from '../model/kernel/kernel.ts';
import { nobodyHoldsPteLock } from '../model/kernel/pte-lock.ts';
import { slotsOn } from '../model/kernel/slot.ts';
import { netCount } from '../model/kernel/table.ts';
import { both, equal, implies } from '../model/language/expression.ts';
import { condition } from './condition.ts';
import type { Property } from './property.ts';

export const refcountMatches: Property = {
  name: 'refcount-matches',
  claim: 'the count of a table equals the number of slots that point to it',
  source: {
    line: 5339,
    text: 'the count is the number of users of the table; it is taken at fork and put at a break, under the pte lock',
  },
  check: (k) => ({
    always: each(k.table, (t) =>
      condition(
        implies(
          both(equal(k.life.at(t), LIFE.published), nobodyHoldsPteLock(k, t)),
          equal(netCount(k, t), slotsOn(k, t)),
        ),
        `the count of ${k.table.labels[t]} equal to the number of slots on it while its lock is free`,
        'count {0}, slots {1}',
        [netCount(k, t), slotsOn(k, t)],
      ),
    ),
  }),
  exercisedBy: [
    [
      'break puts the old table',
      'break empties the slot',
      'zap puts the table',
      'break installs the new table',
      'break reuses the table',
      'fork takes a reference',
      'table moved',
    ],
  ],
};
