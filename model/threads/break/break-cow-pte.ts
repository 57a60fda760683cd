import type { Path } from '../../kernel/path.ts';
import { maySleep } from '../../kernel/pte-lock.ts';
import { set } from '../../language/effect.ts';
import { type Fragment, fragment, go, leaving, named, wire } from '../../language/machine.ts';
import type { Edits } from '../../variants/protocol.ts';
import { handleCowPteFault } from './handler.ts';
import type { BreakLocals } from './locals.ts';
import { breakCowPteSite } from './site.ts';

/**
 * break_cow_pte(): the handler, and once more if the first attempt had no memory. The walk to the slot, where the caller gave
 * none, reads upper levels only, which are there in every scenario; MMF_COW_PTE is set in every mm and never cleared. Version
 * 4 neither tries again nor calls the OOM killer. With `failed` it returns -ENOMEM, and `l.failed` is set.
 */
export const breakCowPte = (path: Path, l: BreakLocals, edits: Edits): Fragment<'done' | 'failed'> => {
  if (edits.text) return leaving(edits.text.breakCowPte(path), 'failed', set(l.failed, 1));
  const first = handleCowPteFault(path, l, edits);
  if (edits.break === 'v4') return first;
  const second = named('retry', handleCowPteFault(path, l, edits));
  const again = wire(yieldOnce(path, l), {
    next: wire(second, { done: 'done', failed: killSomebody(path) }),
  });
  return wire(first, { done: 'done', failed: again });
};

/**
 * schedule_timeout() without a state set before: the task stays runnable, so it gives the processor away and comes back at
 * once, sixty seconds or not (kernel/time/timer.c). The second attempt's result then counts alone.
 */
const yieldOnce = ({ k, me }: Path, l: BreakLocals): Fragment<'next'> =>
  fragment({
    site: breakCowPteSite,
    entry: 'schedule_timeout',
    exits: ['next'],
    places: {
      schedule_timeout: {
        line: 5437,
        comment: 5399,
        says: 'schedule_timeout(): yields, does not wait',
        kinds: ['break tries again'],
        on: [go('next', maySleep(k, me), set(l.failed, 0))],
      },
    },
  });

/** out_of_memory() under its mutex: somebody is told to die; nobody waits until there is memory. */
const killSomebody = ({ k, me }: Path): Fragment<'failed'> =>
  fragment({
    site: breakCowPteSite,
    entry: 'out_of_memory',
    exits: ['failed'],
    places: {
      out_of_memory: {
        line: 5447,
        comment: 5399,
        says: 'out_of_memory(), return -ENOMEM',
        kinds: ['OOM killer called'],
        on: [go('failed', maySleep(k, me))],
      },
    },
  });
