import { each } from '../model/kernel/kernel.ts';
import { netCount } from '../model/kernel/table.ts';
import { both, equal, implies, less, not } from '../model/language/expression.ts';
import { condition } from './condition.ts';
import type { Property } from './property.ts';

export const sharedIsReadOnly: Property = {
  name: 'shared-is-read-only',
  claim: 'a table with a count above 1 is write-protected in every slot that points to it',
  source: { line: 5716, text: 'a table that is shared and writable through a slot breaks the kernel' },
  check: (k) => ({
    always: each(k.table, (t) =>
      each(k.mm, (m) =>
        each(k.slot, (s) =>
          condition(
            implies(
              both(equal(k.slotTable.at(m, s), t), less(1, netCount(k, t))),
              not(k.slotWritable.at(m, s)),
            ),
            `W=0 in every slot on ${k.table.labels[t]} while its count is above 1`,
            `the slot of ${k.mm.labels[m]} has W=1, count {0}`,
            [netCount(k, t)],
          ),
        ),
      ),
    ).flat(2),
  }),
  exercisedBy: [
    ['break stores to a slot', 'zap reuses the table', 'zap frees the table', 'fork takes a reference'],
  ],
};
