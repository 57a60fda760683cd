import type { Property } from './property.ts';

export const putNeverLast: Property = {
  name: 'put-never-last',
  claim: 'when a break puts the old table, somebody else still uses it',
  source: { line: 5344, text: 'the warning round the put of the break' },
  check: () => ({}),
  exercisedBy: [['put warning evaluated']],
};
