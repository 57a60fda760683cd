import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cowpte, folder, scenarioFile, twoBreaks } from '../cli/run-cowpte.ts';
import { parseModule } from './tla-parse.ts';

const scenario = scenarioFile(twoBreaks);
const exported = (...args: string[]) => cowpte(['export', '--scenario', scenario, ...args]);

test.each([
  ['promela', /^\/\* two breaks\n[\s\S]*active proctype A_0\(\) \{[\s\S]*active proctype A_1\(\)/],
  ['murphi', /^-- two breaks\n[\s\S]*startstate "start"[\s\S]*invariant "refcount-matches"/],
  ['tla', /^-+ MODULE System -+\n[\s\S]*\n=+\n\nSystem\.cfg:\nSPECIFICATION Spec\n/],
])('%s goes to standard output', (format, whole) => {
  const { code, out, err } = exported('--format', format);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(whole);
});

test('a text for rumur may have scalarsets', () => {
  const { code, out, err } = exported('--format', 'murphi', '--symmetric');
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^-- two breaks\n[\s\S]*scalarset\(2\);[\s\S]*^ruleset /m);
  expect(out).toContain('-- copy: A/0; A/1; each with all that belongs to it\n');
});

test('a module has the name of its file, and a configuration beside it', () => {
  const at = folder();
  expect(exported('--format', 'tla', '-o', join(at, 'Breaks.tla')).code).toBe(0);
  expect(readdirSync(at).sort()).toEqual(['Breaks.cfg', 'Breaks.tla']);
  expect(parseModule(readFileSync(join(at, 'Breaks.tla'), 'utf8')).name).toBe('Breaks');
});

test('a protocol and properties can be chosen', () => {
  const one = exported('--format', 'murphi', '--protocol', 'v4', '--property', 'refcount-matches').out;
  expect(one.match(/^invariant .*$/gm)).toHaveLength(1);
});

test('mistakes are named, and nothing is written', () => {
  const at = folder();
  expect(exported('--format', 'tla', '-o', join(at, 'two-breaks.tla')).err).toMatch(
    /^cowpte: -o: .*System\.tla\n$/,
  );
  expect(exported('--format', 'promela', '-o', join(at, 'none', 'x.pml')).err).toMatch(/no such file/);
  expect(exported('--format', 'promela', '-o', at).err).toMatch(/is a folder/);
  expect(exported('--format', 'smv')).toMatchObject({ code: 2 });
  expect(exported('--format', 'tla', '--symmetric').err).toBe(
    'cowpte: --symmetric: is for murphi, and the format is tla\n',
  );
  expect(exported('--format', 'tla', '--protocol', 'v6')).toMatchObject({ code: 2 });
  expect(readdirSync(at)).toEqual([]);
  expect(existsSync(join(at, 'none'))).toBe(false);
});
