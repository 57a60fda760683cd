import { set } from '../../model/language/effect.ts';
import { atMost, equal, minus, plus } from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { boolean, range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, condition, copies, numbered, system } from './build.ts';

/** A test-and-set lock (TLA+ Examples, Lock). */
export function lock(n: number): System {
  const free = sharedVariable('free', [], boolean, { initial: 1 });
  const inside = sharedVariable('inside', [], range(0, n), { ghost: true });
  const process = algorithm('lock', {
    entry: 'l0',
    places: {
      l0: [go('l1')],
      l1: [goIf(equal(free.at(), 1), 'cs', set(free.at(), 0), set(inside.at(), plus(inside.at(), 1)))],
      cs: [go('l2')],
      l2: [go('l0', set(free.at(), 1), set(inside.at(), minus(inside.at(), 1)))],
    },
  });
  const exclusion = check('mutual-exclusion', {
    always: [condition(atMost(inside.at(), 1))],
    deadlock: { onlyAt: null },
  });
  return system(`Lock(${n})`, [free, inside], copies(numbered('p', n), process), [exclusion]);
}
