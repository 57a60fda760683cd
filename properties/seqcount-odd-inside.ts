import { each } from '../model/kernel/kernel.ts';
import { equal, greater, implies, modulo } from '../model/language/expression.ts';
import { condition } from './condition.ts';
import type { Property } from './property.ts';

export const seqcountOddInside: Property = {
  name: 'seqcount-odd-inside',
  claim: 'write_protect_seq is odd while a write section is open',
  source: { line: 5248, text: 'rule of the kernel: GUP-fast gives up on an odd count' },
  check: (k) => ({
    always: each(k.mm, (m) =>
      condition(
        implies(greater(k.sections.at(m), 0), equal(modulo(k.seq.at(m), 2), 1)),
        `write_protect_seq of ${k.mm.labels[m]} odd while a section is open`,
        'it is {0}, sections open: {1}',
        [k.seq.at(m), k.sections.at(m)],
      ),
    ),
  }),
  exercisedBy: [['seqcount begin']],
};
