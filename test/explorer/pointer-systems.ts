import { acquire, assert, release, set, violate } from '../../model/language/effect.ts';
import {
  both,
  differ,
  type Expression,
  either,
  equal,
  ifElse,
  NONE,
  not,
  parameter,
  plus,
} from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import type { Check, System } from '../../model/language/system.ts';
import {
  type LocalDeclaration,
  locals,
  optional,
  range,
  sharedVariable,
} from '../../model/language/variable.ts';
import { algorithm, check, condition, numbered, system, thread } from '../classics/build.ts';

export const nodes = numbered('n', 4);
const who = numbered('t', 4);
const me = parameter('me');
export const data = sharedVariable('data', [nodes], range(0, 2));
export const head = sharedVariable('head', [], optional(nodes));
const next = sharedVariable('next', [nodes], optional(nodes), { initial: (n) => n! ^ 2 });
const side = sharedVariable('side', [], optional(nodes));
const lock = sharedVariable('lock', [nodes], optional(who), { lock: 'mutex' });
const flag = sharedVariable('flag', [], range(0, 1));
const [a, b] = ['a', 'b'].map((name) => sharedVariable(name, [], range(0, 1)));
const variables = locals({ p: optional(nodes), n: range(0, 3) });
export const { local } = variables;
const { declared } = variables;
export const shared = [data, head, next, side, lock, flag, a!, b!];

type Places = Parameters<typeof algorithm<string>>[1]['places'];
export const run = (places: Places, start: Partial<Record<'p' | 'n', number>> = {}) =>
  algorithm('run', {
    entry: Object.keys(places)[0]!,
    locals: Object.fromEntries(
      Object.entries(declared).map(([name, l]: [string, LocalDeclaration]) => [
        name,
        { ...l, initial: start[name as 'p' | 'n'] ?? l.initial },
      ]),
    ),
    places,
  });

export const promise = (that: Expression) => assert('promise', that, 'n', 'f');
export const made = (
  machines: readonly ReturnType<typeof run>[],
  checks: readonly Check[] = [check('promise')],
): System =>
  system(
    'alone',
    shared,
    machines.map((m, i) => thread(`t${i}`, m, { me: i })),
    checks,
  );
const always = (that: Expression): Check[] => [check('promise', { always: [condition(that)] })];

/** Two stores that undo each other: only who comes between them sees anything. */
const blink = (p: number): Places => ({
  on: [go('off', set(data.at(local.p), 1))],
  off: [go('ended', set(data.at(local.p), 0))],
  [`unused${p}`]: [],
});

/** A store to another element of the same variable makes the monitor look as well. */
const watched = (places: Record<'calm' | 'up', Places[string]>, first = run(blink(0), { p: 0 })): System =>
  made(
    [first, run({ other: [go('ended', set(data.at(2), 1))] })],
    [
      check('promise', {
        monitors: [
          {
            id: 'm',
            parameters: {},
            machine: algorithm<string>('m', {
              entry: 'calm',
              parameters: [],
              places: { ...places, violated: [] },
            }),
          },
        ],
      }),
    ],
  );

/** Each would be missed if a thread went alone too early. Threads of low number are looked at first. */
export const dangerous: Record<string, System> = {
  'a pointer that is handed on twice before it is followed': made([
    run({
      read: [go('follow', set(local.p, head.at()))],
      follow: [goIf(equal(local.p, NONE), 'ended'), go('ended', promise(equal(data.at(local.p), 0)))],
    }),
    run({
      read: [go('pass', set(local.p, side.at()))],
      pass: [go('ended', set(head.at(), local.p))],
    }),
    run({
      publish: [go('on', set(side.at(), 2), set(local.p, 2))],
      ...blink(2),
    }),
  ]),
  'one who waits for a third to let him in': made([
    run(blink(0), { p: 0 }),
    run({ wait: [goIf(equal(flag.at(), 1), 'look')], look: [go('ended', promise(equal(data.at(0), 0)))] }),
    run({ open: [go('ended', set(flag.at(), 1))] }),
  ]),
  'a lock that is released by somebody who does not hold it': made([
    run(
      {
        lock: [goIf(equal(lock.at(local.p), NONE), 'on', acquire(lock.at(local.p), me))],
        on: [go('off', set(data.at(local.p), 1))],
        off: [go('unlock', set(data.at(local.p), 0))],
        unlock: [go('ended', release(lock.at(local.p), NONE))],
      },
      { p: 1 },
    ),
    run(
      {
        lock: [goIf(equal(lock.at(local.p), NONE), 'look', acquire(lock.at(local.p), me))],
        look: [go('unlock', promise(equal(data.at(local.p), 0)))],
        unlock: [go('ended', release(lock.at(local.p), NONE))],
      },
      { p: 1 },
    ),
    run({ unlock: [go('ended', release(lock.at(local.p), NONE))] }, { p: 1 }),
  ]),
  'an index that is computed': made([
    run(blink(2), { p: 2 }),
    run({
      first: [go('second', set(local.n, plus(local.n, 1)))],
      second: [go('look', set(local.n, plus(local.n, 1)))],
      look: [go('ended', promise(equal(data.at(local.n), 0)))],
    }),
  ]),
  'an invariant of two variables that are both set for a moment': made(
    [a!, b!].map((v) => run({ on: [go('off', set(v.at(), 1))], off: [go('ended', set(v.at(), 0))] })),
    always(not(both(equal(a!.at(), 1), equal(b!.at(), 1)))),
  ),
  'an invariant over what a pointer leads to': made(
    [
      run({ take: [go('ended', set(head.at(), NONE))] }),
      run(blink(3), { p: 3 }),
      run({ put: [go('ended', set(head.at(), 3))] }),
    ],
    always(both(not(both(equal(head.at(), 3), equal(data.at(3), 1))), equal(flag.at(), 0))),
  ),
  'a monitor of two variables that are both set for a moment': made(
    [a!, b!].map((v) => run({ on: [go('off', set(v.at(), 1))], off: [go('ended', set(v.at(), 0))] })),
    [
      check('promise', {
        monitors: [
          {
            id: 'm',
            parameters: {},
            machine: algorithm('both', {
              entry: 'calm',
              parameters: [],
              places: {
                calm: [goIf(not(both(equal(a!.at(), 1), equal(b!.at(), 1))), 'calm'), go('violated')],
                violated: [],
              },
            }),
          },
        ],
      }),
    ],
  ),
  'a store through a pointer that was read before it was taken back': made([
    run({
      read: [go('follow', set(local.p, head.at()))],
      follow: [goIf(equal(local.p, NONE), 'ended'), go('ended', set(data.at(local.p), 2))],
    }),
    run({
      publish: [go('take', set(head.at(), 1))],
      take: [go('clear', set(head.at(), NONE))],
      clear: [go('look', set(data.at(1), 0))],
      look: [go('ended', promise(equal(data.at(1), 0)))],
    }),
  ]),
  'a step that reads an element that it may just have stored': made([
    run(blink(2), { p: 2 }),
    run({
      read: [go('store', set(local.p, head.at()))],
      store: [
        goIf(equal(local.p, NONE), 'ended'),
        go('look', set(data.at(local.p), 1), set(local.n, ifElse(equal(data.at(1), 1), 3, 2))),
      ],
      look: [go('ended', promise(equal(data.at(local.n), 0)))],
    }),
    run({ zero: [go('one', set(head.at(), 0))], one: [go('ended', set(head.at(), 1))] }),
  ]),
  'a step that stores only sometimes, and then reads': made([
    run(blink(2), { p: 2 }),
    run({
      store: [
        go(
          'look',
          { k: 'if', test: equal(flag.at(), 1), then: [set(a!.at(), 1)], otherwise: [] },
          set(local.n, ifElse(equal(a!.at(), 1), 3, 2)),
        ),
      ],
      look: [go('ended', promise(equal(data.at(local.n), 0)))],
    }),
    run({ open: [go('ended', set(flag.at(), 1))] }),
  ]),
  'a local that is stored only sometimes': made([
    run(blink(2), { p: 2 }),
    run({
      store: [
        go('look', set(local.n, 2), {
          k: 'if',
          test: equal(flag.at(), 1),
          then: [set(local.n, 3)],
          otherwise: [],
        }),
      ],
      look: [go('ended', promise(equal(data.at(local.n), 0)))],
    }),
    run({ open: [go('ended', set(flag.at(), 1))] }),
  ]),
  'a test inside a value': made([
    run({ on: [go('off', set(flag.at(), 1))], off: [go('ended', set(flag.at(), 0))] }),
    run({
      read: [go('look', set(local.n, ifElse(equal(flag.at(), 1), 3, 2)))],
      look: [go('ended', promise(equal(local.n, 2)))],
    }),
  ]),
  'the guard of the second branch': made([
    run({ on: [go('off', set(flag.at(), 1))], off: [go('ended', set(flag.at(), 0))] }),
    run({
      choose: [goIf(equal(a!.at(), 1), 'ended'), goIf(equal(flag.at(), 1), 'bad'), go('ended')],
      bad: [go('ended', violate('promise', 'n', 'f'))],
    }),
    run({ on: [go('ended', set(a!.at(), 1))] }),
  ]),
  'a pointer that is read and followed in one step': made([
    run({
      mark: [go('turn', set(data.at(2), 1))],
      turn: [go('back', set(head.at(), 2))],
      back: [go('ended', set(head.at(), 1))],
    }),
    run({
      look: [goIf(equal(head.at(), NONE), 'ended'), go('ended', promise(equal(data.at(head.at()), 0)))],
    }),
  ]),
  'a pointer that is read where a step stores': made([
    run({
      first: [go('turn', set(head.at(), 1))],
      turn: [go('back', set(head.at(), 2))],
      back: [go('ended', set(head.at(), 1))],
    }),
    run({
      store: [goIf(equal(head.at(), NONE), 'ended'), go('look', set(data.at(head.at()), 1))],
      look: [go('ended', promise(equal(data.at(2), 0)))],
    }),
  ]),
  'a chain of pointers': made([
    run(blink(3), { p: 3 }),
    run({
      read: [go('follow', set(local.p, head.at()))],
      follow: [goIf(equal(local.p, NONE), 'ended'), go('look', set(local.p, next.at(local.p)))],
      look: [go('ended', promise(equal(data.at(local.p), 0)))],
    }),
    run({ zero: [go('one', set(head.at(), 0))], one: [go('ended', set(head.at(), 1))] }),
  ]),
  'a monitor that moves again at a second look': watched({
    calm: [goIf(equal(data.at(0), 0), 'calm'), goIf(equal(data.at(0), 1), 'up')],
    up: [goIf(equal(data.at(0), 0), 'up'), go('violated')],
  }),
  'a monitor that would move at its first look': watched(
    {
      calm: [goIf(equal(data.at(0), 1), 'calm'), goIf(equal(flag.at(), 1), 'up'), go('violated')],
      up: [goIf(equal(flag.at(), 1), 'up')],
    },
    run({ on: [go('ended', set(data.at(0), 1))] }),
  ),
  'a monitor that enters a place by less than it stays by': watched({
    calm: [goIf(equal(data.at(0), 0), 'calm'), goIf(both(equal(data.at(0), 1), equal(a!.at(), 0)), 'up')],
    up: [
      goIf(both(equal(data.at(0), 1), equal(b!.at(), 1)), 'up'),
      goIf(equal(data.at(0), 0), 'calm'),
      go('violated'),
    ],
  }),
  // What was found for one of two futures must not be taken for the other.
  'a row that leads elsewhere in one of two futures': made([
    run({
      choose: {
        NO: [go('ended', set(next.at(1), 2))],
        YES: [go('ended', set(next.at(1), 2), set(next.at(0), 3))],
      },
    }),
    run(blink(3), { p: 3 }),
    run({
      choose: { ONE: [go('look', set(local.p, 1))], ZERO: [go('look', set(local.p, 0))] },
      look: [go('ended', promise(equal(data.at(next.at(local.p)), 0)))],
    }),
  ]),
  'an invariant that asks for more in one of two futures': made(
    [
      run({ wait: [goIf(differ(head.at(), NONE), 'ended', set(b!.at(), 1))] }),
      run({ wait: [goIf(differ(head.at(), NONE), 'ended', set(a!.at(), 1))] }),
      run({
        choose: {
          NO: [go('ended', set(head.at(), 1))],
          YES: [go('ended', set(head.at(), 1), set(flag.at(), 1))],
        },
      }),
    ],
    always(either(either(equal(flag.at(), 0), equal(b!.at(), 1)), equal(a!.at(), 0))),
  ),
};
