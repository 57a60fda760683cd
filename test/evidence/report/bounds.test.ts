import { expect, test } from 'vitest';
import { extentOf, extentOfAll } from '../../../evidence/report/bounds.ts';
import { heldResult } from './made-report.ts';

const cut = { ...heldResult, exhaustive: false } as const;

test.each([
  [heldResult, 'exhaustive'],
  [{ ...cut, reason: 'max-depth', bounds: { maxDepth: 40 } }, 'ended by max-depth 40'],
  [{ ...cut, reason: 'timeout' }, 'ended by timeout'],
  [
    { ...cut, reason: 'max-switches', bounds: { maxSwitches: 2 }, switches: 2 },
    'ended by max-switches 2; all runs of up to 2 switches seen',
  ],
  [{ ...cut, reason: 'max-states', bounds: { maxStates: 9 }, switches: -1 }, 'ended by max-states 9'],
  [cut, 'ended by the first violation'],
] as const)('a search says how far it went: %#', (result, text) => {
  expect(extentOf(result)).toBe(text);
});

test('a property says it of all its searches', () => {
  const early = { ...cut, reason: 'interrupted', states: 3 } as const;
  expect(extentOfAll([heldResult])).toBe('exhaustive, <small>1,070 states</small>');
  expect(extentOfAll([heldResult, heldResult, early])).toBe(
    '2 exhaustive, 1 ended by interrupted, <small>up to 1,070 states</small>',
  );
  expect(extentOfAll([early, early])).toBe('2 ended by interrupted, <small>up to 3 states</small>');
});
