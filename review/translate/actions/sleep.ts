import { maySleep } from '../../../model/kernel/pte-lock.ts';
import type { Effect } from '../../../model/language/effect.ts';
import type { Context } from './step.ts';

/** The promise of a step that may sleep. A lock that the function itself holds there is seen without a search. */
export function promiseToSleep(c: Context): Effect {
  if (c.standing.held > 0) {
    c.warn('sleep-under-lock', `${c.by}() may sleep, and a spin lock is held here`);
  }
  return maySleep(c.k, c.path.me);
}
