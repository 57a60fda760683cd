import type { Property } from './property.ts';

export const noSleepUnderSpinlock: Property = {
  name: 'no-sleep-under-spinlock',
  claim: 'no step that may sleep is taken while the thread holds a spin lock',
  source: { line: 5263, text: 'the lock is not held while the new table is allocated' },
  check: () => ({}),
  // A break that returns has opened its notifier, and an allocation has been made: both may sleep.
  exercisedBy: [['break returns', 'table allocated'], ['pte lock taken']],
};
