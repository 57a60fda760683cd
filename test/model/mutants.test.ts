import { describe, expect, test } from 'vitest';
import { breakersOf, otherViolations } from '../../checking/findings/violations.ts';
import { protocols } from '../../model/variants/index.ts';
import { mutants } from '../../model/variants/mutants.ts';
import { properties } from '../../properties/index.ts';
import { explored, protocolNamed } from './explored.ts';

const inOrder = (names: readonly string[]): string[] =>
  properties.map((p) => p.name).filter((name) => names.includes(name));

describe('what each protocol violates', () => {
  test.each(otherViolations)('$protocol: $scenario', ({ protocol, scenario, violated }) => {
    const found = explored(protocolNamed(protocol), scenario);
    expect(found.exhaustive).toBe(true);
    expect(found.violated).toEqual(inOrder(violated));
  });
});

test('every protocol but the corrected one violates something', () => {
  const killed = new Set(['v5', ...otherViolations.map((row) => row.protocol)]);
  const all = [...protocols, ...mutants].map((p) => p.name);
  expect(all.filter((name) => !killed.has(name))).toEqual(['fixed']);
});

// The rows of v5 are those of its findings, which have a test of their own.
test('some protocol violates each property', () => {
  expect(properties.map((p) => p.name).filter((name) => breakersOf(name).length === 0)).toEqual([]);
});
