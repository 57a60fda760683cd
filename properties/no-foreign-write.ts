import type { Property } from './property.ts';

export const noForeignWrite: Property = {
  name: 'no-foreign-write',
  claim: 'a path stores only to entries of the table that the slot of its mm points to',
  source: { line: null, text: 'rule of the kernel: an mm changes its own page tables' },
  check: () => ({}),
  exercisedBy: [['software store']],
};
