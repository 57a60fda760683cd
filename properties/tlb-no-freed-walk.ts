import type { Property } from './property.ts';

export const tlbNoFreedWalk: Property = {
  name: 'tlb-no-freed-walk',
  claim: 'no processor walks a freed table through a cached slot',
  source: { line: 5357, text: 'the table is flushed from the TLBs after the slot was changed' },
  check: () => ({}),
  exercisedBy: [['processor walks its cached table'], ['table freed']],
};
