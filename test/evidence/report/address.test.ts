import { expect, test } from 'vitest';
import {
  claimAddress,
  graphAddress,
  readAddress,
  reviewAddress,
  stepAddress,
  traceAddress,
} from '../../../evidence/report/address.ts';

test('an address reads back', () => {
  expect(readAddress(stepAddress('two.lock', 12))).toEqual({ page: 'trace', id: 'two.lock', step: 12 });
  expect(readAddress(traceAddress('two.lock'))).toEqual({ page: 'trace', id: 'two.lock', step: null });
  expect(readAddress(graphAddress('two'))).toEqual({ page: 'graph', id: 'two' });
  expect(readAddress(claimAddress('lock-held'))).toEqual({ page: 'review', claim: 'lock-held' });
  expect(readAddress(reviewAddress)).toEqual({ page: 'review', claim: null });
});

test('a step alone is a place in the trace that is open', () => {
  expect(readAddress('#step=7')).toEqual({ page: 'trace', id: null, step: 7 });
  expect(readAddress('#step=0')).toEqual({ page: 'trace', id: null, step: 0 });
});

test.each(['', '#', '#step=-1', '#step=x', '#step=12345678', '#nothing', '#%'])(
  '%s leads to the verdicts',
  (hash) => {
    expect(readAddress(hash)).toEqual({ page: 'verdicts' });
  },
);
