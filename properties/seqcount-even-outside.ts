import { each } from '../model/kernel/kernel.ts';
import { equal, implies, modulo } from '../model/language/expression.ts';
import { condition } from './condition.ts';
import type { Property } from './property.ts';

export const seqcountEvenOutside: Property = {
  name: 'seqcount-even-outside',
  claim: 'write_protect_seq is even while no write section is open',
  source: { line: 5366, text: 'rule of the kernel: an odd count locks GUP-fast out' },
  check: (k) => ({
    always: each(k.mm, (m) =>
      condition(
        implies(equal(k.sections.at(m), 0), equal(modulo(k.seq.at(m), 2), 0)),
        `write_protect_seq of ${k.mm.labels[m]} even while no section is open`,
        'it is {0}',
        [k.seq.at(m)],
      ),
    ),
  }),
  exercisedBy: [['seqcount end']],
};
