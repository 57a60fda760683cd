import { acquire, release, set } from '../../model/language/effect.ts';
import { equal, NONE, not, parameter } from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { boolean, optional, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, copies, numbered, system } from '../classics/build.ts';

/**
 * Two locks and a chain of threads. The first one may die with the first lock in its hands: who waits for it is excused, also
 * over another thread. If the last lock is never given back, nobody is excused.
 */
export function dying(forgets: boolean): System {
  const who = numbered('p', 3);
  const me = parameter('me');
  const locks = sharedVariable('locks', [numbered('lock', 2)], optional(who), { lock: 'mutex' });
  const ill = sharedVariable('ill', [], boolean);
  const free = (n: number) => equal(locks.at(n), NONE);
  const process = algorithm('dying', {
    entry: 'begin',
    tags: { second: ['inside'] },
    places: {
      begin: [goIf(equal(me, 0), 'first'), goIf(equal(me, 1), 'other'), go('last')],
      first: [goIf(free(0), 'choose', acquire(locks.at(0), me))],
      choose: { DIE: [go('stopped', set(ill.at(), 1))], LIVE: [go('give')] },
      give: [go('ended', release(locks.at(0), NONE))],
      other: [goIf(free(1), 'second', acquire(locks.at(1), me))],
      second: [goIf(free(0), 'back', acquire(locks.at(0), me))],
      back: [go('back_too', release(locks.at(0), NONE))],
      back_too: forgets ? [go('ended')] : [go('ended', release(locks.at(1), NONE))],
      last: [goIf(free(1), 'done', acquire(locks.at(1), me))],
      done: [
        goIf(not(ill.at()), 'ended', release(locks.at(1), NONE)),
        go('ended', release(locks.at(1), NONE)),
      ],
    },
  });
  return system(`dying${forgets ? ' and forgetting' : ''}`, [locks, ill], copies(who, process), [
    check('no-deadlock', { deadlock: { onlyAt: null } }),
    check('second-goes-on', { deadlock: { onlyAt: 'inside' } }),
  ]);
}
