import { expect, test } from 'vitest';
import { explore } from '../../explorer/search/explore.ts';
import { handOversOf } from '../../explorer/trace/hand-overs.ts';
import { replay } from '../../explorer/trace/replay.ts';
import { assert, set } from '../../model/language/effect.ts';
import { both, equal, not } from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import { boolean, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, system, thread } from '../classics/build.ts';

const x = sharedVariable('x', [], boolean);
const y = sharedVariable('y', [], boolean);
/** Raises x, then wants not to see y. */
const first = algorithm('first', {
  entry: 'raise',
  places: {
    raise: [go('look', set(x.at(), 1))],
    look: [go('ended', assert('never-both', not(both(x.at(), y.at())), 'x or y', 'both'))],
  },
});
/** Raises y: at once if x is there, else by a way that takes a step more. */
const second = (detour: boolean) =>
  algorithm('second', {
    entry: 'start',
    places: {
      start: {
        QUICK: [goIf(equal(x.at(), 1), 'ended', set(y.at(), 1))],
        ...(detour && { DETOUR: [go('raise')] }),
      },
      raise: [go('ended', set(y.at(), 1))],
    },
  });
const of = (detour: boolean) =>
  system(
    's',
    [x, y],
    [thread('t0', first, { me: 0 }), thread('t1', second(detour), { me: 1 })],
    [check('never-both')],
  );
const traceOf = (tested: ReturnType<typeof of>) =>
  replay(tested, explore(tested, {}).findings[0]!.run!, 'never-both');

test('needed: no run with one fewer violates', () => {
  const trace = traceOf(of(false));
  expect([trace.steps.length, trace.switches]).toEqual([3, 2]);
  expect(handOversOf(of(false), trace, 'never-both')).toEqual({
    needed: true,
    searched: 1,
    fewest: null,
    states: expect.any(Number) as number,
    reason: null,
  });
});

test('not needed: a longer run does with fewer', () => {
  const trace = traceOf(of(true));
  expect([trace.steps.length, trace.switches]).toEqual([3, 2]);
  expect(handOversOf(of(true), trace, 'never-both')).toMatchObject({
    needed: false,
    fewest: { switches: 1, steps: 4 },
  });
});

test('not decided: a bound, said as such', () => {
  expect(handOversOf(of(false), { switches: 2 }, 'never-both', { maxStates: 1 })).toMatchObject({
    needed: null,
    fewest: null,
    reason: 'max-states',
  });
});

test('none to spare', () => {
  expect(handOversOf(of(false), { switches: 0 }, 'never-both')).toEqual({
    needed: true,
    searched: -1,
    fewest: null,
    states: 0,
    reason: null,
  });
});
