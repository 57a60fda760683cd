import { expect, test } from 'vitest';
import { overview } from '../../evidence/overview.ts';
import { boundOf, count, type ShownVerdict, verdictTable } from '../../evidence/verdicts.ts';
import { race } from './made-trace.ts';

const base: ShownVerdict = {
  property: 'refcount-matches',
  verdict: 'holds',
  reason: null,
  exercised: true,
  states: 26318,
  transitions: 80211,
  depth: 74,
  exhaustive: true,
  switches: null,
  collisions: null,
  sample: null,
  trace: null,
};
const verdicts: readonly ShownVerdict[] = [
  base,
  { ...base, property: 'no-table-leak' },
  { ...base, property: 'put-never-last', verdict: 'violated', trace: race },
  { ...base, property: 'warn-free-shared', exercised: false },
];

test('the table of a finished search', () => {
  expect(verdictTable('one write-fault in each of A and B', verdicts, 0.44)).toMatchInlineSnapshot(`
    "one write-fault in each of A and B
      26,318 states, 80,211 transitions, depth 74, exhaustive, in 0.4 s
      violated  put-never-last  after 8 steps
      holds     refcount-matches, no-table-leak
      holds (not exercised)
                warn-free-shared
    "
  `);
});

test('the table of a search that a bound ended', () => {
  const cut = verdicts.map(
    (v): ShownVerdict => ({
      ...v,
      verdict: v.verdict === 'holds' ? 'unknown' : v.verdict,
      reason: 'max-states',
      exhaustive: false,
    }),
  );
  expect(verdictTable('one', cut, 12)).toMatchInlineSnapshot(`
    "one
      26,318 states, 80,211 transitions, depth 74, not exhaustive (max-states), in 12.0 s
      violated  put-never-last  after 8 steps
      unknown   refcount-matches, no-table-leak, warn-free-shared
    "
  `);
});

test('a long suite counts what holds', () => {
  expect(verdictTable('one', verdicts, 1, undefined, true)).toContain('\n  holds     2 properties\n');
});

test('the overview puts the worst first', () => {
  const second = verdicts.map((v): ShownVerdict => ({ ...v, verdict: 'holds', trace: null }));
  expect(overview([...verdicts, ...second], 2, 'v5')).toMatchInlineSnapshot(`
    "violated  put-never-last    in 1 of 2 scenarios
    holds     refcount-matches  in all 2 scenarios (exercised in 2)
    holds     no-table-leak     in all 2 scenarios (exercised in 2)
    holds     warn-free-shared  in all 2 scenarios (not exercised)

    protocol v5, 2 scenarios, 4 properties: 1 violated, 0 unknown, 3 hold
    "
  `);
});

test('numbers', () => {
  expect(count(1, 'state')).toBe('1 state');
  expect(count(1234567, 'state')).toBe('1,234,567 states');
});

test('a search by switches says up to how many it saw all runs', () => {
  const cut: ShownVerdict = {
    ...base,
    verdict: 'unknown',
    exhaustive: false,
    reason: 'max-switches',
    switches: 1,
  };
  expect(verdictTable('s', [cut], 1)).toContain(
    'not exhaustive (max-switches; all runs of up to 1 switch seen)',
  );
  expect(verdictTable('s', [{ ...cut, reason: 'timeout', switches: -1 }], 1)).toContain(
    'not exhaustive (timeout),',
  );
});

test('a search by fingerprints gives the probability that it took two states for one', () => {
  const cut: ShownVerdict = {
    ...base,
    verdict: 'unknown',
    exhaustive: false,
    reason: 'fingerprints',
    collisions: 1.88e-9,
  };
  expect(verdictTable('s', [cut], 1)).toContain(
    'depth 74, not exhaustive (fingerprints; two states taken for one with probability 1.9e-9), in 1.0 s',
  );
});

test('walks say what they covered', () => {
  const sample = { walks: 1000, ended: 998, seed: 7, steps: 81234, taken: 40, branches: 52 };
  const walked: ShownVerdict = { ...base, verdict: 'unknown', exhaustive: false, reason: 'sampled', sample };
  expect(verdictTable('s', [walked], 1).split('\n')[1]).toBe(
    '  1,000 walks (998 came to an end, seed 7), 81,234 steps, about 26,318 states, depth 74, 40 of 52 branches taken, not exhaustive (sampled), in 1.0 s',
  );
});

test('a search that was to end with the first violation says so', () => {
  expect(boundOf({ ...base, exhaustive: false, reason: 'first' })).toBe(
    'not exhaustive (ended at the first violation)',
  );
});
