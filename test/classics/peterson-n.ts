import { set } from '../../model/language/effect.ts';
import {
  all,
  atMost,
  differ,
  either,
  equal,
  less,
  minus,
  parameter,
  plus,
} from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { locals, optional, range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, condition, copies, interchangeable, numbered, system } from './build.ts';

/** Peterson's algorithm for n processes (Murphi distribution, n_peterson). */
export function petersonN(n: number): System {
  const who = numbered('p', n);
  const me = parameter('me');
  const q = sharedVariable('Q', [who], range(0, n - 1));
  // Index 0 is not used.
  const turn = sharedVariable('turn', [numbered('level', n)], optional(who));
  const inside = sharedVariable('inside', [], range(0, n), { ghost: true });
  const { local, declared } = locals({ j: range(0, n) });
  const { j } = local;
  const others = all(who.labels.map((_, k) => either(equal(me, k), less(q.at(k), j))));
  const open = either(others, differ(turn.at(j), me));
  const last = equal(j, n - 1);
  const process = algorithm('peterson', {
    entry: 'L0',
    locals: declared,
    places: {
      L0: [go('L1', set(j, 1))],
      L1: [go('L2', set(q.at(me), j))],
      L2: [go('L3', set(turn.at(j), me))],
      L3: [
        goIf(all([open, last]), 'L4', set(j, plus(j, 1)), set(inside.at(), plus(inside.at(), 1))),
        goIf(open, 'L1', set(j, plus(j, 1))),
        go('L3'),
      ],
      L4: [go('L0', set(q.at(me), 1), set(inside.at(), minus(inside.at(), 1)))],
    },
  });
  return system(
    `Peterson for ${n}`,
    [q, turn, inside],
    copies(who, process),
    [check('mutual-exclusion', { always: [condition(atMost(inside.at(), 1))], deadlock: { onlyAt: null } })],
    interchangeable(who, n),
  );
}
