import { expect, test } from 'vitest';
import { causalPast, shownSteps } from '../../evidence/causal-past.ts';
import { madeTrace } from './made-trace.ts';

const step = (thread: string, reads: string[], writes: string[]) => ({
  thread,
  reads,
  writes,
  step: 's',
  line: 1,
  says: '',
});
const trace = madeTrace(
  [
    step('A', [], ['x']),
    step('B', ['y'], []),
    step('B', ['x'], ['z']),
    step('C', ['x'], []),
    step('A', ['x'], []),
    step('D', ['z'], ['w']),
  ],
  { step: 6, needed: '', found: '' },
);

test('program order and conflicting accesses lead back, two reads do not', () => {
  expect(causalPast(trace, 6)).toEqual(new Set([1, 2, 3, 6]));
  expect(causalPast(trace, 5)).toEqual(new Set([1, 5]));
});

test('nothing is folded in a trace that is to be shown whole', () => {
  expect(shownSteps(trace, true)).toHaveLength(6);
  expect(shownSteps({ ...trace, violation: null }, false)).toHaveLength(6);
  expect(shownSteps(trace, false).map((s) => s.n)).toEqual([1, 2, 3, 6]);
});
