import type { Path } from '../kernel/path.ts';
import { ended } from '../language/expression.ts';
import { type Fragment, fragment, goIf, wire } from '../language/machine.ts';
import { plain } from './fault/site.ts';
import type { PathOptions } from './path.ts';

/**
 * A path that may only start once the tasks of its mm have ended, or once the fork into its mm is over. After a fork that
 * failed there is no such task.
 */
export const startAfter = (
  { k, mm }: Path,
  { after }: PathOptions,
  body: Fragment<never>,
): Fragment<never> => {
  if (after === null) return body;
  const wait = fragment({
    site: after === 'own' ? plain('mmput', 'kernel/fork.c') : plain('kernel_clone', 'kernel/fork.c'),
    entry: 'start',
    exits: ['next', 'ended'],
    places: {
      start: {
        line: after === 'own' ? 1240 : 2809,
        says: after === 'own' ? 'the tasks of the mm have ended' : 'the fork into the mm is over',
        on: [
          ...(k.shape.forksMayFail ? [goIf(k.forkFailed.at(mm), 'ended' as const)] : []),
          goIf(ended(after), 'next'),
        ],
      },
    },
  }) as Fragment<'next'>;
  return wire(wait, { next: body });
};
