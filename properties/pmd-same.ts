import type { Property } from './property.ts';

export const pmdSame: Property = {
  name: 'pmd-same',
  claim: 'the slot does not change between the re-check and the installation',
  source: { line: 5345, text: 'the warning that compares the slot' },
  check: () => ({}),
  exercisedBy: [['break compares the slot']],
};
