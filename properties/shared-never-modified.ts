import type { Property } from './property.ts';

export const sharedNeverModified: Property = {
  name: 'shared-never-modified',
  claim: 'no entry of a table with other sharers is ever stored to',
  source: { line: 5701, text: 'faults that change the mapped pages or the table duplicate it first' },
  check: () => ({}),
  exercisedBy: [['software store']],
};
