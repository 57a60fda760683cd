import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reduction } from '../../explorer/options.ts';
import { explore } from '../../explorer/search/explore.ts';
import { exploreWithXState } from '../../explorer/xstate/explore.ts';
import type { System } from '../../model/language/system.ts';
import { barriers } from '../classics/barriers.ts';
import { increment } from '../classics/increment.ts';
import { lock } from '../classics/lock.ts';
import { mcsLock } from '../classics/mcs-lock.ts';
import { peterson } from '../classics/peterson.ts';
import { petersonN } from '../classics/peterson-n.ts';
import { ticketLock } from '../classics/ticket-lock.ts';
import { twoPhaseCommit } from '../classics/two-phase-commit.ts';
import { edgesOf } from './edges.ts';
import { randomSystem } from './random-system.ts';

const small: readonly System[] = [
  lock(2),
  peterson(),
  barriers(2),
  twoPhaseCommit(3),
  increment(3),
  mcsLock(2),
  petersonN(3),
  ticketLock(3),
];

describe('generated code and XState agree edge by edge', () => {
  test.each(small.map((s) => [s.name, s] as const))('%s, every edge', (_, system) => {
    for (const reduce of [false, true]) {
      const { compiled, xstate, states } = edgesOf(system, reduce, Number.POSITIVE_INFINITY);
      expect(compiled).toEqual(xstate);
      expect(explore(system, { reductions: reduce ? ['dead-locals'] : [] }).states).toBe(states);
    }
  });

  test('random systems', () => {
    fc.assert(
      fc.property(randomSystem, fc.boolean(), (system, reduce) => {
        const { compiled, xstate } = edgesOf(system, reduce, 150);
        expect(compiled).toEqual(xstate);
      }),
      { numRuns: 150 },
    );
  });
});

describe('both engines tell the same outcome', () => {
  const told = (system: System, reductions: readonly Reduction[], engine: typeof explore): string => {
    const {
      seconds: _s,
      words: _w,
      bytesPerState: _b,
      ...outcome
    } = engine(system, { reductions, maxStates: 300 });
    return JSON.stringify(outcome, null, 1);
  };
  test('random systems: verdicts, runs, counts, coverage', () => {
    fc.assert(
      fc.property(
        randomSystem,
        fc.constantFrom<readonly Reduction[]>([], ['dead-locals']),
        (system, reduce) => {
          expect(told(system, reduce, explore)).toBe(told(system, reduce, exploreWithXState));
        },
      ),
      { numRuns: 100 },
    );
  });
});
