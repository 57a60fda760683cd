import type { Property } from './property.ts';

export const noDeadlock: Property = {
  name: 'no-deadlock',
  claim: 'no state is reached in which a thread waits and nobody can go on',
  source: { line: null, text: 'rule of the kernel' },
  check: () => ({ deadlock: { onlyAt: null } }),
  exercisedBy: [['pte lock taken']],
};
