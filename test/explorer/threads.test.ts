import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Options } from '../../explorer/options.ts';
import { exploreInTurns } from '../../explorer/search/explore.ts';
import { set } from '../../model/language/effect.ts';
import { plus } from '../../model/language/expression.ts';
import { go } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { range, sharedVariable } from '../../model/language/variable.ts';
import { barriers } from '../classics/barriers.ts';
import { algorithm, check, system, thread } from '../classics/build.ts';
import { mcsLock } from '../classics/mcs-lock.ts';
import { ticketLock } from '../classics/ticket-lock.ts';
import { twoPhaseCommit } from '../classics/two-phase-commit.ts';
import { kernelSystem } from '../engines/kernel-system.ts';
import { randomProtocol } from './random-protocol.ts';
import { randomSystem } from './random-system.ts';
import { outcomeBy } from './same-outcome.ts';

/** As it is installed: `npm test` builds it first. Its threads begin much faster than those of source files. */
const built = '../../dist/explorer/search/explore.js';
const { explore } = (await import(built)) as typeof import('../../explorer/search/explore.ts');

const ways: readonly Partial<Options>[] = [
  { reduce: 'none' },
  {},
  { reductions: ['symmetry'] },
  { reductions: ['partial-order', 'fusion'] },
  { reduce: 'none', maxStates: 300 },
  { reduce: 'none', maxDepth: 9 },
  { first: true },
];

const same = (s: System, options: Partial<Options>, threads = 2): void => {
  const one = outcomeBy(s, { ...options, engine: 'js' });
  const more = outcomeBy(s, { ...options, threads }, explore);
  expect(more).toEqual(one);
};

describe('two threads find what one finds: verdicts, runs, counts, coverage', () => {
  const systems: readonly System[] = [
    barriers(6),
    twoPhaseCommit(5),
    mcsLock(3),
    ticketLock(4),
    kernelSystem(['A:write-fault', 'B:exit']),
    kernelSystem(['A:break-only', 'B:gup-fast']),
  ];
  test.each(systems.map((s) => [s.name, s] as const))('%s', (_, s) => {
    for (const way of ways) same(s, way);
  });
  test('three threads', () => {
    same(barriers(6), { reduce: 'none' }, 3);
    same(kernelSystem(['A:write-fault', 'A:write-fault', 'B:idle']), { reduce: 'none' }, 3);
  });
  test('random systems', () => {
    fc.assert(
      fc.property(randomSystem, fc.constantFrom(...ways), (s, way) => same(s, { maxStates: 5000, ...way })),
      { numRuns: 15 },
    );
  });
  test('random protocols', () => {
    fc.assert(
      fc.property(randomProtocol, fc.constantFrom(...ways), (s, way) => same(s, { maxStates: 5000, ...way })),
      { numRuns: 15 },
    );
  });
});

describe('what goes wrong', () => {
  const n = sharedVariable('n', [], range(0, 40));
  const counter = algorithm('m', {
    entry: 'here',
    places: { here: [go('here', [set(n.at(), plus(n.at(), 1))])] },
  });
  const wrong = system('wrong', [n], [thread('t', counter, { me: 0 })], [check('any')]);

  test('an error of the model is the same error, whichever thread meets it', () => {
    expect(() => explore(wrong, { threads: 2, reduce: 'none' })).toThrow(RangeError);
    expect(() => explore(wrong, { threads: 2, reduce: 'none' })).toThrow(
      /^n: value 41 is outside 0 to 40 \(thread 't', place 'here'\)/,
    );
  });

  test('an abort ends the search, and it says so', async () => {
    const aborted = exploreInTurns(barriers(6), { threads: 2, reduce: 'none', signal: { aborted: true } });
    await expect(aborted).resolves.toMatchObject({ reason: 'interrupted', exhaustive: false });
  });

  test('no room for the states ends the search, and it says so', () => {
    const outcome = explore(barriers(6), { threads: 2, reduce: 'none', memory: 2 ** 19 });
    expect(outcome).toMatchObject({ reason: 'memory', exhaustive: false });
  });
});

test('source files have threads as well', async () => {
  const outcome = await exploreInTurns(mcsLock(3), { threads: 2, reduce: 'none' });
  expect(outcome).toMatchObject({ states: 7597, transitions: 22791, exhaustive: true });
});
