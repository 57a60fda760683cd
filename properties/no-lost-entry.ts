import { each, type Kernel, LIFE } from '../model/kernel/kernel.ts';
import { both, differ, equal, NONE } from '../model/language/expression.ts';
import { condition } from './condition.ts';
import type { Property } from './property.ts';

/** Of what an mm had not mapped at the start nothing is promised. */
const isHoleAtStart = ({ shape }: Kernel, m: number, s: number, e: number): boolean => {
  const { table } = shape.slotAtStart(m, s);
  return table === NONE || shape.entryAtStart(table, e).page === NONE;
};

export const noLostEntry: Property = {
  name: 'no-lost-entry',
  claim:
    'a copy reads the table it replaces, and at the end every entry that nobody asked to remove is there with the last own write',
  source: { line: 5324, text: 'all entries are copied, the rest is left to the fault' },
  check: (k, facts) => ({
    atEnd: each(k.mm, (m) =>
      each(k.slot, (s) =>
        each(k.entry, (e) => {
          if (facts.exits[m] || !facts.keeps(m, s, e) || isHoleAtStart(k, m, s, e)) return [];
          const table = k.slotTable.at(m, s);
          const expected = k.expected.at(m, s * k.shape.entries + e);
          const name = `entry ${e} of slot ${s} of ${k.mm.labels[m]}`;
          return [
            condition(
              both(
                differ(table, NONE),
                both(differ(k.life.at(table), LIFE.freed), equal(k.entryPage.at(table, e), expected)),
              ),
              `at the end ${name} present, with {0}`,
              'the slot points to {1}',
              [expected, table],
            ),
          ];
        }),
      ),
    ).flat(3),
  }),
  exercisedBy: [['break copies an entry', 'break reuses the table']],
};
