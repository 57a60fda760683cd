import { describe, expect, test } from 'vitest';
import { explore } from '../../explorer/search/explore.ts';
import type { System } from '../../model/language/system.ts';
import { barriers } from './barriers.ts';
import { increment } from './increment.ts';
import { lock } from './lock.ts';
import { mcsLock } from './mcs-lock.ts';
import { peterson } from './peterson.ts';
import { petersonN } from './peterson-n.ts';
import { ticketLock } from './ticket-lock.ts';
import { twoPhaseCommit } from './two-phase-commit.ts';

/** Published counts: distinct states, generated states (transitions and the initial one), levels (the initial one counted). */
const published: readonly (readonly [System, number, number, number])[] = [
  [lock(2), 12, 21, 5],
  [peterson(), 42, 77, 11],
  [barriers(6), 29279, 104515, 93],
  [twoPhaseCommit(3), 288, 1146, 11],
  [twoPhaseCommit(4), 1568, 8258, 14],
  [twoPhaseCommit(5), 8832, 58146, 17],
  [increment(2), 13, 15, 5],
  [mcsLock(2), 159, 319, 28],
  [mcsLock(3), 7597, 22792, 49],
  [petersonN(3), 882, 2647, 26],
  [ticketLock(2), 164, 297, 34],
  [ticketLock(3), 924, 2293, 40],
  [ticketLock(4), 5316, 16081, 46],
];

describe('the classics have their published counts', () => {
  test.each(published.map((p) => [p[0].name, ...p] as const))(
    '%s',
    (_, system, distinct, generated, levels) => {
      const outcome = explore(system, { reduce: 'none' });
      expect([outcome.states, outcome.transitions + 1, outcome.depth + 1]).toEqual([
        distinct,
        generated,
        levels,
      ]);
      expect(outcome.exhaustive).toBe(true);
      for (const finding of outcome.findings) {
        expect(finding.verdict).toBe(finding.check === 'all-counted' ? 'violated' : 'holds');
      }
    },
  );
});

test('Peterson for five processes', () => {
  const outcome = explore(petersonN(5), { reduce: 'none' });
  expect([outcome.states, outcome.transitions + 1, outcome.depth + 1]).toEqual([628868, 3144341, 74]);
});

/** Published counts of orbits, and those of an independent search. */
const orbits: readonly (readonly [System, number])[] = [
  [twoPhaseCommit(3), 80],
  [twoPhaseCommit(5), 314],
  [increment(2), 8],
  [mcsLock(2), 81],
  [mcsLock(3), 1285],
  [petersonN(3), 172],
];

test.each(orbits.map((o) => [o[0].name, ...o] as const))('orbits of %s', (_, system, states) => {
  expect(explore(system, { reductions: ['symmetry'] })).toMatchObject({ states, exhaustive: true });
});
