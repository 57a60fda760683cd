import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slug, slugs } from '../../model/scenarios/slug.ts';
import { suites } from '../../model/scenarios/suites/index.ts';

test.each([
  ['Two faults of A, beside B!', 'two-faults-of-a-beside-b'],
  ['../../etc/passwd', 'etc-passwd'],
  ['', 'scenario-811c9dc5'],
  ['***', 'scenario-e22c13cd'],
])('%j', (name, expected) => {
  expect(slug(name)).toBe(expected);
});

test('names that differ in what a slug cannot hold have different slugs', () => {
  const pairs = [
    ['два', 'три'],
    ['日本', '日'],
    ['a é', 'a ü'],
    [`${'x'.repeat(10_000)}a`, `${'x'.repeat(10_000)}b`],
    ['\u001b[2J\u0007', '\u0007\u001b[3J'],
    ['***', '???'],
  ] as const;
  for (const [one, other] of pairs) expect(slug(one)).not.toBe(slug(other));
});

test('cut to a length, and numbered where two would be the same', () => {
  expect(slug('x'.repeat(100_000))).toHaveLength(80);
  expect(slugs(['a b', 'a-b', 'A B'])).toEqual(['a-b', 'a-b-2', 'a-b-3']);
});

test('the shipped scenarios need no hash', () => {
  const plain = (name: string): string =>
    name
      .toLowerCase()
      .match(/[a-z0-9]+/g)!
      .join('-');
  for (const { name } of Object.values(suites).flat()) expect(slug(name)).toBe(plain(name));
});

test('whatever the name: a file name, and no two the same', () => {
  const names = fc.array(fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 200 })));
  fc.assert(
    fc.property(names, (all) => {
      const made = slugs(all);
      expect(new Set(made).size).toBe(all.length);
      for (const one of made) expect(one).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    }),
  );
});
