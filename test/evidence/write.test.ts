import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tryFolder, tryWriting, writeWhole } from '../../evidence/write.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'cowpte-'));

test('a file appears whole, and nothing else is left', () => {
  const at = folder();
  writeFileSync(join(at, 'a.json'), 'old');
  tryWriting(join(at, 'a.json'));
  expect(readFileSync(join(at, 'a.json'), 'utf8')).toBe('old');
  writeWhole(join(at, 'a.json'), 'new');
  expect(readFileSync(join(at, 'a.json'), 'utf8')).toBe('new');
  expect(readdirSync(at)).toEqual(['a.json']);
});

test('what cannot be written is found out beforehand and leaves nothing', () => {
  const at = folder();
  writeFileSync(join(at, 'file'), '');
  expect(() => tryWriting(join(at, 'no', 'a.json'))).toThrow(/ENOENT/);
  expect(() => tryFolder(join(at, 'file', 'traces'))).toThrow(/ENOTDIR/);
  expect(() => tryFolder(join('/proc', 'x', 'y'))).toThrow(/ENOENT/);
  expect(() => tryFolder('')).toThrow();
  expect(() => tryWriting('')).toThrow();
  expect(() => tryWriting(at)).toThrow(/EISDIR/);
  expect(() => tryWriting(join(at, 'new/'))).toThrow(/EISDIR/);
  expect(() => writeWhole(at, 'text')).toThrow();
  tryFolder(join(at, 'deep', 'traces'));
  expect(readdirSync(at).sort()).toEqual(['deep', 'file']);
});
