import fc from 'fast-check';
import { type Effect, set } from '../../model/language/effect.ts';
import {
  all,
  any,
  atMost,
  both,
  differ,
  type Expression,
  either,
  equal,
  ifElse,
  less,
  NONE,
  not,
  parameter,
  plus,
  sum,
} from '../../model/language/expression.ts';
import { type Branch, go, goIf } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { locals, member, optional, range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, condition, copies, interchangeable, numbered, system } from '../classics/build.ts';

const SIZE = 3;
const who = numbered('p', SIZE);
/** One for each thread, and one that belongs to nobody. */
const thing = numbered('thing', SIZE + 1);
const NOBODYS = SIZE;
const me = parameter('me');
const level = sharedVariable('level', [who], range(0, 2));
const turn = sharedVariable('turn', [], optional(who));
const chosen = sharedVariable('chosen', [who], optional(thing));
const last = sharedVariable('last', [], member(thing), { initial: NOBODYS });
const users = sharedVariable('users', [thing], range(0, 2));
const next = sharedVariable('next', [thing, who], optional(thing), {
  initial: (t, p) => (t === p ? t : NOBODYS),
});
const { local, declared } = locals({ seen: optional(thing), count: range(0, 2) });
const everyone = who.labels.map((_, i) => i);

type Gen = fc.Arbitrary<Expression>;

/** Things that a thread can name. None of them is computed: that would not be the same for all. */
const things: Gen = fc.constantFrom<Expression>(chosen.at(me), last.at(), local.seen, next.at(last.at(), me));
const someThing: Gen = fc.oneof(
  things.map((t) => ifElse(equal(t, NONE), NOBODYS, t)),
  fc.constant<Expression>(ifElse(differ(turn.at(), NONE), me, NOBODYS)),
);
const numbers: Gen = fc.oneof(
  fc.constantFrom<Expression>(level.at(me), local.count, users.at(me), users.at(NOBODYS)),
  someThing.map((t) => users.at(t)),
);
const sums: Gen = fc.constantFrom(
  sum(everyone.map((k) => level.at(k))),
  sum(everyone.map((k) => equal(chosen.at(k), last.at()))),
  sum(everyone.map((k) => ifElse(equal(turn.at(), k), users.at(k), 0))),
);
const truths: Gen = fc.oneof(
  fc.constantFrom<Expression>(
    equal(turn.at(), me),
    equal(turn.at(), NONE),
    all(everyone.map((k) => either(equal(me, k), less(level.at(k), 2)))),
    any(everyone.map((k) => both(differ(k, me), equal(next.at(k, me), last.at())))),
    any(everyone.flatMap((k) => everyone.map((l) => both(less(level.at(k), 2), equal(next.at(k, l), l))))),
  ),
  numbers.map((n) => less(n, 2)),
  sums.map((n) => atMost(n, 2)),
  fc.tuple(things, things).map(([a, b]) => equal(a, b)),
  fc.tuple(things, fc.constantFrom(NONE, NOBODYS)).map(([a, b]) => differ(a, b)),
);
const guards: Gen = fc.oneof(
  truths,
  truths.map(not),
  fc.tuple(truths, truths).map(([a, b]) => both(a, not(b))),
  fc.tuple(truths, truths, truths).map(([a, b, c]) => either(both(a, b), c)),
);

const small = (n: Expression): Expression => ifElse(less(n, 2), plus(n, 1), 0);
const assignment: fc.Arbitrary<Effect> = fc.oneof(
  fc
    .tuple(numbers, fc.constantFrom(level.at(me), users.at(me), local.count))
    .map(([n, to]) => set(to, small(n))),
  fc.tuple(someThing, numbers).map(([t, n]) => set(users.at(t), small(n))),
  guards.map((g) => set(turn.at(), ifElse(g, me, NONE))),
  someThing.map((t) => set(last.at(), t)),
  fc.tuple(things, fc.constantFrom(chosen.at(me), local.seen)).map(([t, to]) => set(to, t)),
  fc.tuple(guards, things).map(([g, t]) => set(chosen.at(me), ifElse(g, t, chosen.at(me)))),
  fc.tuple(someThing, things).map(([t, value]) => set(next.at(t, me), ifElse(equal(t, value), NONE, value))),
);
const effect: fc.Arbitrary<Effect> = fc.oneof(
  { weight: 3, arbitrary: assignment },
  {
    weight: 1,
    arbitrary: fc
      .tuple(guards, assignment, assignment)
      .map(([test, then, otherwise]): Effect => ({ k: 'if', test, then: [then], otherwise: [otherwise] })),
  },
);

const places = ['a', 'b', 'c'] as const;
type Goal = (typeof places)[number] | 'ended';
const branch: fc.Arbitrary<Branch<Goal>> = fc
  .tuple(
    fc.option(guards, { nil: null }),
    fc.constantFrom<Goal>(...places, ...places, 'ended'),
    fc.array(effect, { minLength: 1, maxLength: 3 }),
  )
  .map(([guard, to, effects]) => (guard ? goIf(guard, to, ...effects) : go(to, ...effects)));
const branches = fc.array(branch, { minLength: 1, maxLength: 2 });

/** Three threads that can be exchanged, each with a thing of its own, and a thing that belongs to nobody. */
export const randomSymmetricSystem: fc.Arbitrary<System> = fc
  .tuple(branches, branches, branches, branches, guards)
  .map(([first, second, b, c]) => {
    const process = algorithm('random', {
      entry: 'a',
      locals: declared,
      places: { a: { FIRST: first, SECOND: second }, b: { STEP: b }, c: { STEP: c } },
    });
    const checks = [
      check('levels', {
        always: everyone.map((k) => condition(either(less(level.at(k), 2), differ(last.at(), k)))),
      }),
      check('at-the-end', { atEnd: [condition(atMost(sum(everyone.map((k) => users.at(k))), 3))] }),
      check('no-deadlock', { deadlock: { onlyAt: null } }),
    ];
    const symmetry = interchangeable(who, SIZE).map(({ threads, elements }) => ({
      threads,
      elements: { ...elements, [thing.name]: [...elements[who.name]!, NOBODYS] },
    }));
    return system('random', [level, turn, chosen, last, users, next], copies(who, process), checks, symmetry);
  });
