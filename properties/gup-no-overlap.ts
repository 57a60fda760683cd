import type { Property } from './property.ts';

export const gupNoOverlap: Property = {
  name: 'gup-no-overlap',
  claim: 'a pin that GUP-fast returns overlaps no write section of write_protect_seq of its mm',
  source: {
    line: 5248,
    text: 'rule of the kernel: the section keeps GUP-fast from pinning while entries are write-protected or moved',
  },
  check: () => ({}),
  exercisedBy: [['gup-fast returns a pin'], ['seqcount begin']],
};
