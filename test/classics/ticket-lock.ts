import { set } from '../../model/language/effect.ts';
import { atMost, equal, minus, modulo, NONE, plus } from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { locals, range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, condition, copies, numbered, system } from './build.ts';

/** The ticket lock of Linux with tickets from 0 to `most` (kernel-tla, ticketlock). */
export function ticketLock(n: number, most = 3): System {
  const owner = sharedVariable('owner', [], range(0, most));
  const next = sharedVariable('next', [], range(0, most));
  const inside = sharedVariable('inside', [], range(0, n), { ghost: true });
  const { local, declared } = locals({ my: range(NONE, most) });
  const process = algorithm('ticket', {
    entry: '0',
    locals: declared,
    places: {
      '0': [go('1')],
      '1': [go('2', set(local.my, next.at()), set(next.at(), modulo(plus(next.at(), 1), most + 1)))],
      '2': [
        goIf(equal(owner.at(), local.my), '3', set(local.my, NONE), set(inside.at(), plus(inside.at(), 1))),
      ],
      '3': [go('4', set(inside.at(), minus(inside.at(), 1)))],
      '4': [go('5')],
      '5': [go('6', set(owner.at(), modulo(plus(owner.at(), 1), most + 1)))],
      '6': [go('0')],
    },
  });
  return system(`ticket lock(${n})`, [owner, next, inside], copies(numbered('p', n), process), [
    check('mutual-exclusion', { always: [condition(atMost(inside.at(), 1))], deadlock: { onlyAt: null } }),
  ]);
}
