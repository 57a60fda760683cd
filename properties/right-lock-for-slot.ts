import type { Property } from './property.ts';

export const rightLockForSlot: Property = {
  name: 'right-lock-for-slot',
  claim:
    'the break changes a slot only under the pte lock of the table that the slot points to at that moment',
  source: {
    line: 5207,
    text: 'the pte lock of a COW-ed table is said to be enough to change the slot as well',
  },
  check: () => ({}),
  exercisedBy: [['break stores to a slot']],
};
