import type { Property } from './property.ts';

export const everyBreakEnds: Property = {
  name: 'every-break-ends',
  claim: 'a break that was begun returns',
  source: { line: 5372, text: 'the function has one way out, and all paths lead there' },
  check: () => ({ deadlock: { onlyAt: 'break open' }, leaves: 'break open' }),
  exercisedBy: [['break returns', 'break returns 0']],
};
