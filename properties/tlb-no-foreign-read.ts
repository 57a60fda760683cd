import type { Property } from './property.ts';

export const tlbNoForeignRead: Property = {
  name: 'tlb-no-foreign-read',
  claim: 'no processor reads, through a cached slot, an entry that another mm has written for itself',
  source: { line: 5357, text: 'the table is flushed from the TLBs after the slot was changed' },
  check: () => ({}),
  exercisedBy: [['processor reads an entry'], ['software store']],
};
