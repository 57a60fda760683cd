import { describe, expect, test } from 'vitest';
import { check } from '../../checking/check.ts';
import { disappeared, exitCode } from '../../checking/exit-code.ts';
import { readExpectation } from '../../checking/expectation.ts';
import type { Finding } from '../../explorer/outcome.ts';
import { madeEngine, request, violated } from './made-engine.ts';

const results = (findings: readonly Partial<Finding>[]) =>
  check(request(findings.map((f) => f.check ?? 'a')), madeEngine(findings)).flatMap((s) => s.results);
const code = (
  findings: readonly Partial<Finding>[],
  more: { expected?: string[]; named?: string[]; interrupted?: boolean; unsearched?: number } = {},
) =>
  exitCode({
    results: results(findings),
    expected: [],
    named: [],
    interrupted: false,
    unsearched: 0,
    ...more,
  });
const holds = { check: 'a' };
const unknown = { check: 'u', verdict: 'unknown' } as const;
const idle = { check: 'i', exercised: false };

describe('exit codes', () => {
  test('all hold', () => expect(code([holds])).toBe(0));
  test('violated wins over unknown', () => expect(code([unknown, violated('v'), holds])).toBe(1));
  test('unknown wins over holds', () => expect(code([holds, unknown])).toBe(3));
  test('interrupted wins over all', () => expect(code([violated('v')], { interrupted: true })).toBe(130));
  test('not exercised', () => {
    expect(code([idle])).toBe(0);
    expect(code([idle], { named: ['i'] })).toBe(3);
  });
  test('an expected violation', () => {
    expect(code([violated('v'), holds], { expected: ['v'] })).toBe(0);
    expect(code([violated('v'), violated('w')], { expected: ['v'] })).toBe(1);
    expect(code([violated('v'), unknown], { expected: ['v'] })).toBe(3);
  });
  test('an expected violation that has gone', () => {
    expect(code([holds], { expected: ['a'] })).toBe(1);
    expect(disappeared({ results: results([holds]), expected: ['a'], unsearched: 0 })).toEqual(['a']);
  });
  test('scenarios that were not searched keep it from 0, and an expected violation may be in one of them', () => {
    expect(code([violated('v')], { expected: ['v'], unsearched: 1 })).toBe(3);
    expect(code([violated('v'), holds], { expected: ['v', 'a'], unsearched: 1 })).toBe(3);
    expect(code([violated('v')], { unsearched: 1 })).toBe(1);
  });
  test('an expected violation that a bound may hide', () => {
    expect(code([unknown], { expected: ['u'] })).toBe(3);
  });
});

test('expectations name a property that is judged', () => {
  expect(readExpectation('violated:a', ['a'])).toBe('a');
  for (const wrong of ['a', 'holds:a', 'violated', 'violated:', 'violated:b', '']) {
    expect(() => readExpectation(wrong, ['a'])).toThrow();
  }
});
