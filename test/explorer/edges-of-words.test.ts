import { expect, test } from 'vitest';
import { exploreWithXState } from '../../explorer/xstate/explore.ts';
import { assert, set } from '../../model/language/effect.ts';
import { equal, less, literal, parameter } from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import { range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, condition, numbered, system, thread } from '../classics/build.ts';
import { outcomeBy } from './same-outcome.ts';

const LEAST = -(2 ** 31);

test('a variable of 31 bits may begin at the least 32-bit number', () => {
  const a = sharedVariable('a', [], range(LEAST, -1), { initial: -5 });
  const row = sharedVariable('row', [numbered('k', 3)], range(LEAST, -1), { initial: () => LEAST });
  const me = parameter('me');
  const machine = algorithm('m', {
    entry: 'x',
    places: {
      x: [go('y', [set(a.at(), LEAST)])],
      y: [goIf(equal(a.at(), LEAST), 'z', [set(row.at(me), a.at()), set(a.at(), -1)])],
      z: [go('ended', [set(row.at(1), -1)])],
    },
  });
  const lowest = system(
    'lowest',
    [a, row],
    [thread('p', machine, { me: 0 }), thread('q', machine, { me: 2 })],
    [check('c', { always: [condition(less(a.at(), -1))] }), check('d')],
  );
  const js = outcomeBy(lowest, { engine: 'js', reduce: 'none' });
  expect(js).toMatchObject({ states: 20, transitions: 26, exhaustive: true });
  expect(outcomeBy(lowest, { engine: 'wasm', reduce: 'none' })).toEqual(js);
  expect(exploreWithXState(lowest, { reduce: 'none' })).toMatchObject({ states: 20, transitions: 26 });
});

test('of more threads than a word has bits all orders are seen', () => {
  const v = sharedVariable('v', [], range(0, 1));
  const idle = algorithm('idle', { entry: 'x', places: { x: [goIf(equal(v.at(), literal(2)), 'ended')] } });
  const writer = algorithm('writer', { entry: 'x', places: { x: [go('ended', [set(v.at(), 1)])] } });
  const reader = algorithm('reader', {
    entry: 'x',
    places: { x: [go('ended', [assert('unwritten', equal(v.at(), 0), 'v is 0', 'v is {0}', [v.at()])])] },
  });
  for (const count of [32, 33, 64]) {
    const machines = Array.from({ length: count }, (_, n) =>
      n === 6 ? writer : n === count - 1 ? reader : idle,
    );
    const many = system(
      `${count} threads`,
      [v],
      machines.map((m, n) => thread(`t${n}`, m, { me: n })),
      [check('unwritten')],
    );
    for (const engine of ['js', 'wasm'] as const) {
      expect(outcomeBy(many, { engine })).toMatchObject({
        findings: [
          { check: 'unwritten', verdict: 'violated', run: { moves: [{ thread: 6 }, { thread: count - 1 }] } },
        ],
        exhaustive: true,
      });
    }
  }
});
