import type { Property } from './property.ts';

export const rightLockForEntry: Property = {
  name: 'right-lock-for-entry',
  claim: 'an entry of a published table is stored to only under the lock of that table',
  source: { line: 5281, text: 'the lock protects the table from the rmap and from page-table walks' },
  check: () => ({}),
  exercisedBy: [['software store', 'fork stores an entry']],
};
