import { set } from '../../model/language/effect.ts';
import { atMost, either, equal, minus, not, parameter, plus } from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { boolean, member, range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, condition, copies, numbered, system } from './build.ts';

/** Peterson's algorithm for two processes, with six labels (TLA+ Examples, Peterson). */
export function peterson(): System {
  const who = numbered('p', 2);
  const me = parameter('me');
  const other = minus(1, me);
  const c = sharedVariable('c', [who], boolean);
  const turn = sharedVariable('turn', [], member(who));
  const inside = sharedVariable('inside', [], range(0, 2), { ghost: true });
  const process = algorithm('peterson', {
    entry: 'a0',
    places: {
      a0: [go('a1')],
      a1: [go('a2', set(c.at(me), 1))],
      a2: [go('a3', set(turn.at(), other))],
      a3: [
        goIf(either(not(c.at(other)), equal(turn.at(), me)), 'cs', set(inside.at(), plus(inside.at(), 1))),
      ],
      cs: [go('a4')],
      a4: [go('a0', set(c.at(me), 0), set(inside.at(), minus(inside.at(), 1)))],
    },
  });
  const exclusion = check('mutual-exclusion', {
    always: [condition(atMost(inside.at(), 1))],
    deadlock: { onlyAt: null },
  });
  return system('Peterson(2)', [c, turn, inside], copies(who, process), [exclusion]);
}
