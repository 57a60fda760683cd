import fc from 'fast-check';
import { acquire, assert, type Effect, release, set } from '../../model/language/effect.ts';
import {
  atLeast,
  both,
  differ,
  type Expression,
  either,
  ended,
  equal,
  ifElse,
  less,
  minus,
  NONE,
  not,
  parameter,
  plus,
} from '../../model/language/expression.ts';
import { type Branch, counted, go, goIf } from '../../model/language/machine.ts';
import type { Permutation, System } from '../../model/language/system.ts';
import { locals, optional, range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, condition, numbered, system, thread } from '../classics/build.ts';

const MOST_THREADS = 3;
const who = numbered('t', MOST_THREADS);
const three = numbered('c', 3);
const locks = numbered('l', 2);
const me = parameter('me');
const flag = sharedVariable('flag', [], range(0, 1));
const sum = sharedVariable('sum', [], range(-12, 12), { initial: 0 });
const own = sharedVariable('own', [who], range(0, 2));
const cell = sharedVariable('cell', [three], range(0, 2));
const name = sharedVariable('name', [], optional(three), { initial: 2 });
const lock = sharedVariable('lock', [locks], optional(who), { lock: 'mutex' });
const { local, declared } = locals({ x: range(0, 2), at: optional(three) });
const shared = [flag, sum, own, cell, name, lock];

/** The cell that the local names, or cell 0. */
const named = cell.at(ifElse(equal(local.at, NONE), 0, local.at));

/** What treats the first two threads alike; the rest tells them apart. */
const fairReads = [
  equal(flag.at(), 1),
  equal(local.x, 1),
  equal(own.at(me), 0),
  less(cell.at(me), 2),
  equal(own.at(2), 1),
  differ(name.at(), NONE),
  equal(name.at(), local.at),
  atLeast(sum.at(), 1),
  both(equal(flag.at(), 0), equal(cell.at(2), 0)),
  both(equal(own.at(0), 0), equal(own.at(1), 0)),
  ended('others'),
];
const reads = (fair: boolean): fc.Arbitrary<Expression> =>
  fc.constantFrom<Expression>(
    ...fairReads,
    ...(fair
      ? []
      : [
          equal(own.at(0), 1),
          equal(cell.at(1), 1),
          equal(named, 0),
          either(equal(local.x, 0), equal(own.at(1), 2)),
        ]),
  );
const fairEffects: readonly (readonly Effect[])[] = [
  [set(flag.at(), 1)],
  [set(flag.at(), 0)],
  [set(sum.at(), plus(sum.at(), 1))],
  [set(sum.at(), minus(sum.at(), 1))],
  [set(own.at(me), 1)],
  [set(own.at(me), local.x)],
  [set(cell.at(me), 2)],
  [set(local.x, cell.at(me))],
  [set(local.at, name.at())],
  [set(local.at, me)],
  [set(name.at(), local.at)],
  [set(name.at(), NONE)],
  [{ k: 'if', test: differ(local.at, NONE), then: [set(cell.at(local.at), 1)], otherwise: [] }],
];
const unfairEffects: readonly (readonly Effect[])[] = [
  [set(cell.at(1), local.x)],
  [set(named, 1)],
  [set(local.x, own.at(0))],
  [set(local.x, ifElse(equal(me, 0), 1, 2))],
];
const effect = (fair: boolean): fc.Arbitrary<readonly Effect[]> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom<readonly Effect[]>(...fairEffects, ...(fair ? [] : unfairEffects)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(reads(fair), fc.constantFrom('promise', 'other'))
        .map(([that, check]) => [assert(check, that, 'n', 'f')]),
    },
    {
      weight: 1,
      arbitrary: reads(fair).map((test): readonly Effect[] => [
        { k: 'if', test, then: [set(cell.at(me), 2)], otherwise: [set(local.x, 1)] },
      ]),
    },
  );
const someEffects = (fair: boolean) => fc.array(effect(fair), { maxLength: 2 }).map((lists) => lists.flat());

const PLACES = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;
type Goal = (typeof PLACES)[number] | 'ended' | 'stopped';

/** The branches of one place: an ordinary step, a test, a lock, an unlock, or a choice of the environment. */
function step(
  at: number,
  fair: boolean,
): fc.Arbitrary<readonly Branch<Goal>[] | Record<string, readonly Branch<Goal>[]>> {
  const after: readonly Goal[] = [...PLACES.slice(at + 1), 'ended'];
  const next = after[0]!;
  const goal = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(next, next, ...after) },
    { weight: 1, arbitrary: fc.constantFrom<Goal>(PLACES[Math.max(0, at - 1)]!, 'stopped') },
  );
  const effects = someEffects(fair);
  const plain = fc.tuple(effects, goal).map(([e, g]) => [counted(go(g, e), `kind ${at}`)]);
  const which = fc.constantFrom(0, 1);
  return fc.oneof(
    { weight: 5, arbitrary: plain },
    {
      weight: 3,
      arbitrary: fc
        .tuple(reads(fair), effects, effects, goal)
        .map(([test, a, b, g]) => [goIf(test, g, a), go(next, b)]),
    },
    { weight: 1, arbitrary: fc.tuple(reads(fair), effects).map(([test, a]) => [goIf(test, next, a)]) },
    {
      weight: 2,
      arbitrary: which.map((l) => [goIf(equal(lock.at(l), NONE), next, acquire(lock.at(l), me))]),
    },
    { weight: 2, arbitrary: which.map((l) => [go(next, release(lock.at(l), NONE))]) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(plain, plain, reads(fair))
        .map(([a, b, test]) => ({ FIRST: a, SECOND: [goIf(test, b[0]!.target, b[0]!.effects)] })),
    },
  );
}

const process = (fair: boolean) =>
  fc.tuple(...PLACES.map((_, at) => step(at, fair))).map((steps) =>
    algorithm('protocol', {
      entry: 'p0',
      locals: declared,
      tags: { p1: ['inner'], p2: ['inner'] },
      places: Object.fromEntries(PLACES.map((p, n) => [p, steps[n]!])) as never,
    }),
  );

/** One that looks at some variables, and one that rests where it is while nothing that it reads changes. */
const watchers = (fair: boolean) =>
  fc.constantFrom(
    algorithm('counts', {
      entry: 'one',
      parameters: [],
      places: {
        one: [goIf(equal(flag.at(), 1), 'two')],
        two: [goIf(equal(cell.at(2), 2), 'violated'), goIf(equal(flag.at(), 1), 'one')],
        violated: [],
      },
    }),
    algorithm('rests', {
      entry: 'low',
      parameters: [],
      places: {
        low: [goIf(less(cell.at(fair ? 2 : 0), 2), 'low'), goIf(atLeast(cell.at(fair ? 2 : 0), 2), 'high')],
        high: [goIf(atLeast(cell.at(fair ? 2 : 0), 2), 'high'), go('violated')],
        violated: [],
      },
    }),
  );
const fairInvariants = [
  not(both(equal(flag.at(), 1), equal(cell.at(2), 2))),
  less(plus(own.at(0), own.at(1)), 3),
  both(less(cell.at(1), 2), less(cell.at(0), 2)),
  less(sum.at(), 2),
  differ(lock.at(0), 2),
];
const unfairInvariants = [either(differ(name.at(), 1), equal(cell.at(1), 0)), differ(lock.at(0), 1)];
const invariants = (fair: boolean): fc.Arbitrary<Expression> =>
  fc.constantFrom(...fairInvariants, ...(fair ? [] : unfairInvariants));

const checks = (fair: boolean) =>
  fc
    .tuple(invariants(fair), invariants(fair), watchers(fair))
    .map(([always, atEnd, machine]) => [
      check('always', { always: [condition(always)], exercisedBy: [['kind 1']] }),
      check('promise', { exercisedBy: [['kind 0', 'kind 2'], ['kind 3']] }),
      check('at-end', { atEnd: [condition(atEnd)] }),
      check('watched', { monitors: [{ id: 'w', machine, parameters: {} }] }),
      check('no-deadlock', { deadlock: { onlyAt: null } }),
      check('leaves', { leaves: 'inner', deadlock: { onlyAt: 'inner' } }),
    ]);

const others = (n: number, of: number) => Array.from({ length: of }, (_, i) => i).filter((i) => i !== n);

const exchanged = [1, 0, 2];
/** That the first two threads are interchangeable: true of some of the systems that claim it, and to be refused for the others. */
const claimed = (n: number): Permutation[] => [
  { threads: exchanged.slice(0, n), elements: { [who.name]: exchanged, [three.name]: exchanged } },
];

/** Small systems that look like protocols: mostly forward, with locks, names passed on, promises and invariants. */
export const randomProtocol: fc.Arbitrary<System> = fc
  .boolean()
  .chain((fair) =>
    fc.tuple(
      fc.integer({ min: 2, max: MOST_THREADS }),
      process(fair),
      process(fair),
      process(fair),
      fc.boolean(),
      checks(fair),
      fc.constant(fair),
    ),
  )
  .map(([n, p, q, r, same, judged, fair]) => {
    const machines = fair || same ? [p, p, q] : [p, q, r];
    const threads = machines
      .slice(0, n)
      .map((m, i) => thread(`t${i}`, m, { me: i }, { others: others(i, n) }));
    return system('random protocol', shared, threads, judged, claimed(n));
  });
