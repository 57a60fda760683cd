import type { Property } from './property.ts';

export const breakLeavesPrivate: Property = {
  name: 'break-leaves-private',
  claim: 'a break that returned 0 leaves its slot empty, not a table, or writable on a table of its own',
  source: { line: 5389, text: 'the kernel-doc of break_cow_pte(): the table is duplicated or reused' },
  check: () => ({}),
  exercisedBy: [['break returns', 'break returns 0']],
};
