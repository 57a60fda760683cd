import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../model/scenarios/suggestion.ts';

const known = ['write-fault', 'break-only', 'exit'];

test.each([
  ['write-falut', 'write-fault'],
  ['Write-Fault', 'write-fault'],
  ['exits', 'exit'],
  ['break', 'break-only'],
  ['zzz', null],
  ['x'.repeat(100_000), null],
])('%s', (given, meant) => {
  expect(nearest(given, known)).toBe(meant);
});

test('where nothing is near, the known names are told', () => {
  expect(didYouMean('zzz', known)).toBe('known: write-fault, break-only, exit');
});
