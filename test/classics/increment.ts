import { set } from '../../model/language/effect.ts';
import { equal, plus } from '../../model/language/expression.ts';
import { go } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { locals, range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, condition, copies, interchangeable, numbered, system } from './build.ts';

/** Increments without a lock (Stateright, increment): an update is lost. */
export function increment(n: number): System {
  const who = numbered('p', n);
  const i = sharedVariable('i', [], range(0, n));
  const done = sharedVariable('done', [], range(0, n), { ghost: true });
  const { local, declared } = locals({ t: range(0, n) });
  const process = algorithm('increment', {
    entry: 'read',
    locals: declared,
    places: {
      read: [go('write', set(local.t, i.at()))],
      write: [go('ended', set(i.at(), plus(local.t, 1)), set(done.at(), plus(done.at(), 1)))],
    },
  });
  return system(
    `increment(${n})`,
    [i, done],
    copies(who, process),
    [
      check('all-counted', {
        always: [
          condition(equal(done.at(), i.at()), 'as many increments as threads that are done', 'i = {0}', [
            i.at(),
          ]),
        ],
      }),
    ],
    interchangeable(who, n),
  );
}
