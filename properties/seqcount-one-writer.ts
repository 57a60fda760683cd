import type { Property } from './property.ts';

export const seqcountOneWriter: Property = {
  name: 'seqcount-one-writer',
  claim: 'no write section of write_protect_seq begins while another of the same mm is open',
  source: {
    line: 5248,
    text: 'raw_write_seqcount_begin() needs its writers serialised (include/linux/seqlock.h)',
  },
  check: () => ({}),
  exercisedBy: [['seqcount begin']],
};
