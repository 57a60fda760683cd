import { expect, test } from 'vitest';
import { boundsOf, boundsSet } from '../../../evidence/report/bounds.ts';
import { heldResult } from './made-report.ts';

const early = { ...heldResult, exhaustive: false, reason: 'interrupted', states: 3 } as const;

test('a property says of all its searches how far they went', () => {
  expect(boundsOf([heldResult])).toBe('exhaustive, <small>1,070 states</small>');
  expect(boundsOf([heldResult, heldResult, early])).toBe(
    '2 exhaustive, 1 not exhaustive (interrupted), <small>up to 1,070 states</small>',
  );
  expect(boundsOf([early, early])).toBe('not exhaustive (interrupted), <small>up to 3 states</small>');
});

test('bounds that were set are named with their limits', () => {
  expect(boundsSet([heldResult])).toBe('');
  const bounds = { maxStates: 2000, maxDepth: null, reduce: 'none', first: true, fingerprints: false };
  expect(boundsSet([{ ...heldResult, bounds }])).toBe('Bounds: maxStates 2000, reduce none, first.');
  expect(
    boundsSet([{ ...heldResult, bounds: { ...bounds, maxStates: null, reduce: 'all', first: false } }]),
  ).toBe('');
});
