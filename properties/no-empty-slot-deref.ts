import type { Property } from './property.ts';

export const noEmptySlotDeref: Property = {
  name: 'no-empty-slot-deref',
  claim: 'pmd_page() is never applied to an empty slot',
  source: { line: 5228, text: 'a fault without a table is left alone' },
  check: () => ({}),
  exercisedBy: [['pte lock taken']],
};
