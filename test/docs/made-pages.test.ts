import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documents } from '../../cli/documents.ts';

const made = documents();

test.each(Object.keys(made))('docs/%s is what npm run docs makes', (name) => {
  expect(readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8')).toBe(made[name]);
});

test('plain text', () => {
  for (const text of Object.values(made)) expect(text).toMatch(/^[\x20-\x7e\n]*$/);
});
