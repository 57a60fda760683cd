import { set } from '../../model/language/effect.ts';
import { equal, greater, minus, plus } from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { boolean, range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, copies, numbered, system } from './build.ts';

/** A reusable barrier of two gates (TLA+ Examples, Barriers). */
export function barriers(n: number): System {
  const free = sharedVariable('free', [], boolean, { initial: 1 });
  const [rdv, g1, g2] = ['rdv', 'g1', 'g2'].map((name) => sharedVariable(name, [], range(0, n))) as [
    ReturnType<typeof sharedVariable<[]>>,
    ReturnType<typeof sharedVariable<[]>>,
    ReturnType<typeof sharedVariable<[]>>,
  ];
  const process = algorithm('barrier', {
    entry: '0',
    places: {
      '0': [go('1')],
      '1': [goIf(free.at(), '2', set(free.at(), 0))],
      '2': [go('3', set(rdv.at(), plus(rdv.at(), 1)))],
      '3': [goIf(equal(rdv.at(), n), '4'), go('5')],
      '4': [go('5', set(g1.at(), plus(g1.at(), n)))],
      '5': [go('6', set(free.at(), 1))],
      '6': [goIf(greater(g1.at(), 0), '7', set(g1.at(), minus(g1.at(), 1)))],
      '7': [goIf(free.at(), '8', set(free.at(), 0))],
      '8': [go('9', set(rdv.at(), minus(rdv.at(), 1)))],
      '9': [goIf(equal(rdv.at(), 0), '10'), go('11')],
      '10': [go('11', set(g2.at(), plus(g2.at(), n)))],
      '11': [go('12', set(free.at(), 1))],
      '12': [goIf(greater(g2.at(), 0), '0', set(g2.at(), minus(g2.at(), 1)))],
    },
  });
  return system(`Barriers(${n})`, [free, rdv, g1, g2], copies(numbered('p', n), process), [
    check('no-deadlock', { deadlock: { onlyAt: null } }),
  ]);
}
