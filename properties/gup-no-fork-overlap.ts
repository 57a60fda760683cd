import type { Property } from './property.ts';

export const gupNoForkOverlap: Property = {
  name: 'gup-no-fork-overlap',
  claim: 'a pin that GUP-fast returns overlaps no write section of a fork of its mm',
  source: {
    line: null,
    text: 'rule of the kernel: a page that is pinned while fork write-protects it would be shared with the child',
  },
  check: () => ({}),
  exercisedBy: [['gup-fast returns a pin'], ['fork seqcount begin']],
};
