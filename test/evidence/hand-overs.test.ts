import { expect, test } from 'vitest';
import { handOversText } from '../../evidence/hand-overs.ts';
import { lockdepColumns } from '../../evidence/lockdep-columns.ts';
import { race, told } from './made-trace.ts';

const base = { needed: true, searched: 2, fewest: null, states: 2846, reason: null } as const;
const timeout = { needed: null, reason: 'timeout' } as const;

test.each([
  [
    base,
    'It needs at least 3 hand-overs: no run with at most 2 hand-overs violates it, however long (exhaustive, 2,846 states).',
  ],
  [
    { ...base, searched: 0 },
    'It needs at least 1 hand-over: no run without one violates it, however long (exhaustive, 2,846 states).',
  ],
  [{ ...base, searched: -1 }, 'It needs no hand-over: one thread does it alone.'],
  [
    { ...base, needed: false, fewest: { switches: 1, steps: 90 } },
    'Not all hand-overs are needed: a run of 90 steps with 1 hand-over violates it too.',
  ],
  [
    { ...base, ...timeout },
    'Whether a run with at most 2 hand-overs violates it was not decided (timeout, 2,846 states).',
  ],
])('%j', (handOvers, text) => {
  expect(handOversText(handOvers)).toBe(text);
});

test('the drawing says it where it was asked for', () => {
  const text = lockdepColumns({ ...told, trace: { ...race, handOvers: base } });
  expect(text).toContain('\nIt needs at least 3 hand-overs: no run with at most 2 hand-overs\n  violates it');
  expect(lockdepColumns(told)).not.toContain('hand-overs:');
});
