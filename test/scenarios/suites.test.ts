import { expect, test } from 'vitest';
import { slug } from '../../model/scenarios/slug.ts';
import { suites } from '../../model/scenarios/suites/index.ts';

const all = Object.values(suites).flat();

test('names and slugs are unique, and every scenario says what it is for', () => {
  expect(new Set(all.map((s) => s.name)).size).toBe(all.length);
  expect(new Set(all.map((s) => slug(s.name))).size).toBe(all.length);
  expect(all.filter((s) => s.about === '')).toEqual([]);
  expect(all.filter((s) => !/^[\x20-\x7e]{1,80}$/.test(s.name))).toEqual([]);
});
