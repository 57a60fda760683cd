import fc from 'fast-check';
import { acquire, assert, type Effect, release, set } from '../../model/language/effect.ts';
import {
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
  NONE,
  not,
  type Operand,
  parameter,
  plus,
} from '../../model/language/expression.ts';
import { type Branch, counted, go, goIf } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { locals, optional, range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, condition, numbered, system, thread } from '../classics/build.ts';

const MOST_THREADS = 4;
const who = numbered('t', MOST_THREADS);
const homes = numbered('h', 2);
/** One node for each thread to allocate, and one that is there from the start. */
const nodes = numbered('n', MOST_THREADS + 1);
const me = parameter('me');
const home = parameter('home');
const head = sharedVariable('head', [homes], optional(nodes), { initial: MOST_THREADS });
const side = sharedVariable('side', [], optional(nodes));
const used = sharedVariable('used', [nodes], range(0, 1), { initial: (n) => Number(n === MOST_THREADS) });
const data = sharedVariable('data', [nodes], range(0, 2));
const lock = sharedVariable('lock', [nodes], optional(who), { lock: 'mutex' });
const count = sharedVariable('count', [nodes], range(-12, 12), {
  initial: (n) => (n === MOST_THREADS ? 2 : 0),
});
const { local, declared } = locals({ p: optional(nodes), q: optional(nodes), x: range(0, 2) });
const shared = [head, side, used, data, lock, count];
const pointers = [local.p, local.q] as const;
type Pointer = (typeof pointers)[number];

const is = (p: Pointer, that: (p: Pointer) => Expression): Expression => both(differ(p, NONE), that(p));
/** Effects on what a pointer points to, if it does. */
const through = (p: Pointer, ...then: readonly Effect[]): Effect[] => [
  { k: 'if', test: differ(p, NONE), then, otherwise: [] },
];

const tests = (p: Pointer): readonly Expression[] => [
  equal(p, NONE),
  equal(p, head.at(home)),
  is(p, () => equal(data.at(p), 1)),
  is(p, () => equal(count.at(p), 1)),
  is(p, () => equal(lock.at(p), me)),
  is(p, () => either(equal(p, side.at()), less(data.at(p), 2))),
  equal(local.x, 1),
  equal(head.at(home), NONE),
  differ(side.at(), NONE),
  equal(local.p, local.q),
  equal(count.at(MOST_THREADS), 1),
  equal(head.at(0), head.at(1)),
  ended('others'),
];

const effects = (p: Pointer): readonly (readonly Effect[])[] => [
  // Allocation: an own node, or none once that is taken.
  [set(p, ifElse(equal(used.at(me), 0), me, NONE)), ...through(p, set(used.at(p), 1), set(count.at(p), 1))],
  [set(p, head.at(home))],
  [set(p, head.at(0))],
  [set(p, side.at())],
  [set(local.q, local.p)],
  // Publication, under any lock or none.
  [set(head.at(home), p)],
  [set(side.at(), p)],
  [set(side.at(), p), set(p, NONE)],
  [set(p, head.at(home)), set(head.at(home), NONE)],
  [set(head.at(home), side.at())],
  [set(head.at(home), NONE)],
  through(p, set(data.at(p), 1)),
  through(p, set(data.at(p), 2)),
  through(p, set(data.at(p), local.x)),
  through(p, set(local.x, data.at(p))),
  through(p, set(count.at(p), plus(count.at(p), 1))),
  through(p, {
    k: 'if',
    test: differ(count.at(p), 1),
    then: [set(count.at(p), minus(count.at(p), 1))],
    otherwise: [],
  }),
  through(p, set(used.at(p), 0), set(p, NONE)),
  [set(local.x, 0)],
];

const promises = (p: Pointer): readonly Expression[] => [
  not(is(p, () => equal(data.at(p), 2))),
  either(equal(p, NONE), equal(lock.at(p), me)),
  either(equal(p, NONE), equal(used.at(p), 1)),
  either(differ(p, head.at(home)), equal(local.x, 0)),
  differ(head.at(0), head.at(1)),
];

const effect: fc.Arbitrary<readonly Effect[]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...pointers).chain((p) => fc.constantFrom(...effects(p))),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...pointers)
      .chain((p) => fc.constantFrom(...promises(p)))
      .map((that) => [assert('promise', that, 'n', 'f')]),
  },
);
const someEffects = fc.array(effect, { minLength: 1, maxLength: 2 }).map((lists) => lists.flat());

const PLACES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;
type Goal = (typeof PLACES)[number] | 'ended' | 'stopped';
type Step = readonly Branch<Goal>[] | Readonly<Record<string, readonly Branch<Goal>[]>>;

function step(at: number): fc.Arbitrary<Step> {
  const after: readonly Goal[] = [...PLACES.slice(at + 1), 'ended'];
  const next = after[0]!;
  const goal = fc.oneof(
    { weight: 14, arbitrary: fc.constantFrom(next, next, ...after) },
    { weight: 1, arbitrary: fc.constantFrom<Goal>(PLACES[Math.max(0, at - 1)]!, 'stopped') },
  );
  const pointer = fc.constantFrom(...pointers);
  const test = pointer.chain((p) => fc.constantFrom(...tests(p)));
  const plain = fc.tuple(someEffects, goal).map(([e, g]) => [counted(go(g, e), `kind ${at}`)]);
  return fc.oneof(
    { weight: 6, arbitrary: plain },
    {
      weight: 3,
      arbitrary: fc.tuple(test, someEffects, goal).map(([t, e, g]) => [goIf(t, g), go(next, e)]),
    },
    { weight: 1, arbitrary: fc.tuple(test, someEffects).map(([t, e]) => [goIf(t, next, e)]) },
    {
      weight: 3,
      arbitrary: pointer.map((p) => [
        goIf(equal(p, NONE), 'ended' as const),
        goIf(equal(lock.at(p), NONE), next, acquire(lock.at(p), me)),
      ]),
    },
    {
      weight: 3,
      // Of what is locked, or of what it points to by now.
      arbitrary: fc.tuple(pointer, fc.boolean()).map(([p, careful]) => {
        const held: Operand = careful ? is(p, () => equal(lock.at(p), me)) : differ(p, NONE);
        return [goIf(held as Expression, next, release(lock.at(p), NONE)), go(next)];
      }),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(plain, plain).map(([a, b]) => ({ FIRST: a, SECOND: b })),
    },
  );
}

const process = fc.tuple(...PLACES.map((_, at) => step(at))).map((steps) =>
  algorithm('pointers', {
    entry: 'a',
    locals: declared,
    parameters: ['me', 'home'],
    places: Object.fromEntries(PLACES.map((p, n) => [p, steps[n]!])) as never,
  }),
);

const onAll = (that: (n: number) => Expression): Expression =>
  nodes.labels.map((_, n) => that(n)).reduce<Expression>(both, literal(1));
const invariant = fc.constantFrom<Expression>(
  onAll((n) => not(both(equal(data.at(n), 2), equal(lock.at(n), NONE)))),
  onAll((n) => either(not(both(equal(head.at(0), n), equal(head.at(1), n))), less(1, count.at(n)))),
  onAll((n) => either(differ(head.at(0), n), equal(used.at(n), 1))),
  onAll((n) => less(data.at(n), 2)),
  either(equal(side.at(), NONE), equal(data.at(side.at()), 0)),
);

const watcher = fc.integer({ min: 0, max: MOST_THREADS }).map((n) => {
  const [free, taken] = [equal(used.at(n), 0), both(equal(used.at(n), 1), less(count.at(n), 3))];
  return algorithm('life', {
    entry: n === MOST_THREADS ? 'taken' : 'free',
    parameters: [],
    places: {
      free: [goIf(free, 'free'), goIf(taken, 'taken'), go('violated')],
      taken: [goIf(taken, 'taken'), goIf(both(free, equal(data.at(n), 0)), 'free'), go('violated')],
      violated: [],
    },
  });
});

const checks = fc
  .tuple(invariant, invariant, watcher)
  .map(([always, atEnd, machine]) => [
    check('always', { always: [condition(always)] }),
    check('promise', { exercisedBy: [['kind 0', 'kind 2'], ['kind 3']] }),
    check('at-end', { atEnd: [condition(atEnd)] }),
    check('watched', { monitors: [{ id: 'w', machine, parameters: {} }] }),
    check('no-deadlock', { deadlock: { onlyAt: null } }),
  ]);

/** Threads that allocate nodes, publish them, hand them on, take them back and lock them, with or without care. */
export const randomPointers: fc.Arbitrary<System> = fc
  .tuple(fc.integer({ min: 2, max: MOST_THREADS }), process, process, fc.boolean(), checks)
  .map(([n, p, q, alternating, judged]) => {
    const numbers = Array.from({ length: n }, (_, i) => i);
    const threads = numbers.map((i) =>
      thread(
        `t${i}`,
        i % 2 === 0 ? p : q,
        { me: i, home: Number(alternating ? i % 2 : i > 1) },
        {
          others: numbers.filter((m) => m !== i),
        },
      ),
    );
    return system('random pointers', shared, threads, judged);
  });
