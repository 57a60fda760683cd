import type { Property } from './property.ts';

export const failureReported: Property = {
  name: 'failure-reported',
  claim: 'a path whose break failed returns an error and stores nothing after it',
  source: { line: 5393, text: 'the kernel-doc of break_cow_pte(): zero on success, an error otherwise' },
  check: () => ({}),
  exercisedBy: [['break fails']],
};
