import { each, LIFE } from '../model/kernel/kernel.ts';
import { slotsOn } from '../model/kernel/slot.ts';
import { netCount } from '../model/kernel/table.ts';
import { all, both, either, equal, greater, implies, NONE } from '../model/language/expression.ts';
import { condition } from './condition.ts';
import type { Property } from './property.ts';

export const noTableLeak: Property = {
  name: 'no-table-leak',
  claim:
    'at the end every published table has a slot on it and the right count, and no slot points to anything else',
  source: { line: 5369, text: 'every table is either installed or freed' },
  check: (k) => ({
    atEnd: [
      ...each(k.table, (t) =>
        condition(
          implies(
            either(equal(k.life.at(t), LIFE.published), equal(k.life.at(t), LIFE.unlinked)),
            both(greater(slotsOn(k, t), 0), equal(netCount(k, t), slotsOn(k, t))),
          ),
          `at the end a slot on ${k.table.labels[t]} and the right count`,
          'count {0}, slots {1}',
          [netCount(k, t), slotsOn(k, t)],
        ),
      ),
      condition(
        all(
          each(k.mm, (m) =>
            each(k.slot, (s) => {
              const table = k.slotTable.at(m, s);
              return either(equal(table, NONE), equal(k.life.at(table), LIFE.published));
            }),
          ).flat(),
        ),
        'at the end every slot empty or on a table that is in use',
        'a slot points to a table that is not',
      ),
    ],
  }),
  exercisedBy: [
    [
      'break installs the new table',
      'break puts the old table',
      'break reuses the table',
      'zap puts the table',
      'table freed',
      'fault installs an empty table',
      'fork shares the table',
    ],
  ],
};
