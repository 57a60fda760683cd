import { each, LIFE } from '../model/kernel/kernel.ts';
import { differ } from '../model/language/expression.ts';
import { condition } from './condition.ts';
import type { Property } from './property.ts';

export const newTableInstalledOrFreed: Property = {
  name: 'new-table-installed-or-freed',
  claim: 'a table that was allocated is installed or freed',
  source: {
    line: 5349,
    text: 'an installed table is taken from the variable that the end of the function frees',
  },
  check: (k) => ({
    atEnd: each(k.table, (t) =>
      condition(
        differ(k.life.at(t), LIFE.fresh),
        `at the end ${k.table.labels[t]} installed or freed`,
        'it is neither',
      ),
    ),
  }),
  exercisedBy: [['table allocated']],
};
