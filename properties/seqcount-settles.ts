import { each } from '../model/kernel/kernel.ts';
import { equal, modulo } from '../model/language/expression.ts';
import { condition } from './condition.ts';
import type { Property } from './property.ts';

export const seqcountSettles: Property = {
  name: 'seqcount-settles',
  claim: 'write_protect_seq is even when everybody is done',
  source: { line: 5366, text: 'rule of the kernel: a count that stays odd locks GUP-fast out for good' },
  check: (k) => ({
    atEnd: each(k.mm, (m) =>
      condition(
        equal(modulo(k.seq.at(m), 2), 0),
        `at the end write_protect_seq of ${k.mm.labels[m]} even`,
        'it is {0}',
        [k.seq.at(m)],
      ),
    ),
  }),
  exercisedBy: [['seqcount end']],
};
