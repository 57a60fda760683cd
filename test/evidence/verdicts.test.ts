import { expect, test } from 'vitest';
import { count, type ShownVerdict, summary, verdictTable, verdictText } from '../../evidence/verdicts.ts';
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
  expect(summary(cut, 1)).toBe('1 scenario, 4 properties: 1 violated, 3 unknown, 0 hold in all');
});

test('verdict words', () => {
  expect(verdictText(base)).toBe('holds');
  expect(verdictText({ ...base, exercised: false })).toBe('holds (not exercised)');
  expect(verdictText({ ...base, verdict: 'unknown', reason: 'timeout' })).toBe('unknown (timeout)');
  expect(count(1, 'state')).toBe('1 state');
  expect(count(1234567, 'state')).toBe('1,234,567 states');
});
