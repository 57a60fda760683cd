import type { Property } from './property.ts';

export const warnFreeShared: Property = {
  name: 'warn-free-shared',
  claim: 'free_pmd_range() never meets a COW-ed slot whose table others use',
  source: {
    line: null,
    text: 'the warning that patch 05 adds to free_pmd_range(), line 198 of its mm/memory.c',
  },
  check: () => ({}),
  exercisedBy: [['free_pmd_range warning evaluated']],
};
