import fc from 'fast-check';
import { assert, type Effect, set } from '../../model/language/effect.ts';
import {
  atLeast,
  atMost,
  both,
  differ,
  type Expression,
  either,
  ended,
  equal,
  ifElse,
  less,
  literal,
  minus,
  modulo,
  negative,
  not,
  parameter,
  plus,
  type SharedRead,
  times,
} from '../../model/language/expression.ts';
import { type Branch, counted, go, goIf } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { locals, optional, range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, condition, numbered, system, thread } from '../classics/build.ts';

const three = numbered('d', 3);
const four = numbered('f', 4);
const flag = sharedVariable('flag', [], range(0, 1));
const low = sharedVariable('low', [], range(-1, 2));
const row = sharedVariable('row', [three], range(0, 2));
const pick = sharedVariable('pick', [three], optional(three));
/** 12 elements of 9 bits: an array that spans words. */
const wide = sharedVariable('wide', [three, four], range(-2, 400), { initial: (i, j) => i! * 4 + j! });
const { local, declared } = locals({ x: range(0, 2), y: optional(three) });
const shared = [flag, low, row, pick, wide];

/** An index that is always within its domain, so that random models are free of model errors. */
const within = (e: Expression, size: number): Expression => ifElse(both(atLeast(e, 0), less(e, size)), e, 0);
const clamped = (e: Expression, least: number, most: number): Expression =>
  ifElse(both(atLeast(e, least), atMost(e, most)), e, least);

type Gen = fc.Arbitrary<Expression>;

function expressions(leaves: Gen): Gen {
  const { value } = fc.letrec<{ value: Expression }>((tie) => {
    const sub = tie('value');
    const pair = fc.tuple(sub, sub);
    return {
      value: fc.oneof(
        { maxDepth: 3, depthSize: 'small' },
        leaves,
        pair.map(([a, b]) => plus(a, b)),
        pair.map(([a, b]) => minus(a, b)),
        fc.tuple(sub, fc.integer({ min: -2, max: 2 })).map(([a, n]) => times(a, n)),
        fc.tuple(sub, fc.constantFrom(-3, 2, 3)).map(([a, n]) => modulo(a, n)),
        pair.map(([a, b]) => equal(a, b)),
        pair.map(([a, b]) => differ(a, b)),
        pair.map(([a, b]) => less(a, b)),
        pair.map(([a, b]) => both(a, b)),
        pair.map(([a, b]) => either(a, b)),
        sub.map(not),
        sub.map(negative),
        fc.tuple(sub, sub, sub).map(([a, b, c]) => ifElse(a, b, c)),
        sub.map((i) => row.at(within(i, 3))),
        sub.map((i) => pick.at(within(i, 3))),
        pair.map(([i, j]) => wide.at(within(i, 3), within(j, 4))),
      ),
    };
  });
  return value;
}

const sharedLeaves: Gen = fc.oneof(
  fc.integer({ min: -1, max: 3 }).map(literal),
  fc.constantFrom<Expression>(flag.at(), low.at(), row.at(1), pick.at(2), wide.at(2, 3)),
);
const threadLeaves: Gen = fc.oneof(
  sharedLeaves,
  fc.constantFrom<Expression>(local.x, local.y, parameter('me'), ended('others'), row.at(parameter('me'))),
);
const seen = expressions(threadLeaves);
const seenByChecks = expressions(sharedLeaves);

const target = (
  e: Expression,
  f: Expression,
): fc.Arbitrary<readonly [SharedRead | typeof local.x, number, number]> =>
  fc.constantFrom(
    [flag.at(), 0, 1],
    [low.at(), -1, 2],
    [row.at(within(e, 3)), 0, 2],
    [row.at(0), 0, 2],
    [pick.at(within(e, 3)), -1, 2],
    [wide.at(within(e, 3), within(f, 4)), -2, 400],
    [wide.at(1, 2), -2, 400],
    [local.x, 0, 2],
    [local.y, -1, 2],
  );

const assignment: fc.Arbitrary<Effect> = fc
  .tuple(seen, seen, seen)
  .chain(([e, f, value]) => target(e, f).map(([to, least, most]) => set(to, clamped(value, least, most))));
const promise: fc.Arbitrary<Effect> = fc
  .tuple(fc.constantFrom('promised', 'unjudged'), seen)
  .map(([name, that]) => assert(name, either(that, less(low.at(), 1)), 'needed', 'found {0}', [local.x]));
const effect: fc.Arbitrary<Effect> = fc.oneof(
  { weight: 5, arbitrary: assignment },
  { weight: 1, arbitrary: promise },
  {
    weight: 2,
    arbitrary: fc
      .tuple(seen, fc.array(assignment, { maxLength: 2 }), fc.array(assignment, { maxLength: 1 }))
      .map(([test, then, otherwise]): Effect => ({ k: 'if', test, then, otherwise })),
  },
);

const places = ['a', 'b', 'c', 'd'] as const;
type Goal = (typeof places)[number] | 'ended' | 'stopped';
const branch: fc.Arbitrary<Branch<Goal>> = fc
  .tuple(
    fc.option(seen, { nil: null, freq: 1 }),
    fc.constantFrom<Goal>(...places, ...places, 'ended', 'ended', 'stopped'),
    fc.array(effect, { maxLength: 3 }),
    fc.constantFrom([], ['kind'], ['other']),
  )
  .map(([guard, to, effects, kinds]) =>
    counted(guard ? goIf(guard, to, effects) : go(to, effects), ...kinds),
  );
const branches = fc.array(branch, { minLength: 1, maxLength: 2 });
const place = fc.oneof(
  branches.map((b) => ({ STEP: b })),
  fc.tuple(branches, branches).map(([a, b]) => ({ FIRST: a, SECOND: b })),
);
const process = fc.tuple(place, place, place, place).map(([a, b, c, d]) =>
  algorithm('random', {
    entry: 'a',
    locals: declared,
    places: { a, b, c, d } as Record<(typeof places)[number], Record<string, Branch<Goal>[]>>,
  }),
);

const watcher = fc.tuple(seenByChecks, seenByChecks, seenByChecks).map(([p, q, r]) =>
  algorithm('watcher', {
    entry: 'one',
    parameters: [],
    places: {
      one: [goIf(p, 'two'), goIf(q, 'one'), go('violated')],
      two: [goIf(r, 'one'), goIf(q, 'violated')],
      violated: [],
    },
  }),
);

/** Small systems with everything that the language has, free of model errors. */
export const randomSystem: fc.Arbitrary<System> = fc
  .tuple(process, process, seenByChecks, seenByChecks, seenByChecks, watcher)
  .map(([p, q, always, also, atEnd, machine]) =>
    system(
      'random',
      shared,
      [thread('p', p, { me: 0 }, { others: [1] }), thread('q', q, { me: 1 }, { others: [0] })],
      [
        check('always', {
          always: [
            condition(either(always, equal(flag.at(), 0))),
            condition(either(also, less(row.at(0), 2))),
          ],
        }),
        check('promised', { exercisedBy: [['kind'], ['kind', 'other']] }),
        check('at-end', { atEnd: [condition(atEnd)] }),
        check('watched', { monitors: [{ id: 'w', machine, parameters: {} }] }),
        check('no-deadlock', { deadlock: { onlyAt: null } }),
      ],
    ),
  );
