import { set } from '../../model/language/effect.ts';
import { atMost, differ, equal, minus, NONE, not, parameter, plus } from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { boolean, locals, optional, range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, condition, copies, interchangeable, numbered, system } from './build.ts';

/** The queue lock of Mellor-Crummey and Scott with compare-and-swap (Murphi distribution, mcslock1). */
export function mcsLock(n: number): System {
  const who = numbered('p', n);
  const me = parameter('me');
  const next = sharedVariable('next', [who], optional(who));
  const locked = sharedVariable('locked', [who], boolean);
  const tail = sharedVariable('tail', [], optional(who));
  const inside = sharedVariable('inside', [], range(0, n), { ghost: true });
  const { local, declared } = locals({ pred: optional(who) });
  const enter = set(inside.at(), plus(inside.at(), 1));
  const leave = set(inside.at(), minus(inside.at(), 1));
  const process = algorithm('mcs', {
    entry: 'L0',
    locals: declared,
    places: {
      L0: [go('L1', set(next.at(me), NONE))],
      L1: [go('L2', set(local.pred, tail.at()), set(tail.at(), me))],
      L2: [goIf(equal(local.pred, NONE), 'L6', enter), go('L3')],
      L3: [go('L4', set(locked.at(me), 1))],
      L4: [go('L5', set(next.at(local.pred), me))],
      L5: [goIf(not(locked.at(me)), 'L6', enter), go('L5')],
      L6: [goIf(equal(next.at(me), NONE), 'L7', leave), go('L9', leave)],
      L7: [goIf(equal(tail.at(), me), 'L0', set(tail.at(), NONE)), go('L8')],
      L8: [goIf(differ(next.at(me), NONE), 'L9'), go('L8')],
      L9: [go('L0', set(locked.at(next.at(me)), 0))],
    },
  });
  return system(
    `MCS lock(${n})`,
    [next, locked, tail, inside],
    copies(who, process),
    [check('mutual-exclusion', { always: [condition(atMost(inside.at(), 1))], deadlock: { onlyAt: null } })],
    interchangeable(who, n),
  );
}
