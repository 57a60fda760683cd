import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cowpte, folder, oneBreak, twoBreaks } from './run-cowpte.ts';

/** A folder with a scenario, a C file, a trace, and names that lead to them. */
function place(): string {
  const at = folder();
  writeFileSync(join(at, 'one.json'), JSON.stringify(oneBreak));
  writeFileSync(join(at, 'pond.c'), '/* Frogs leap. */\nint frogs;\n');
  symlinkSync('one.json', join(at, 'other name'));
  symlinkSync('.', join(at, 'here'));
  return at;
}

const read = 'would replace a file that this command reads; give it another name';

test.each([
  [['check', '--scenario', 'one.json', '--json', 'one.json'], `--json one.json: ${read}`],
  [['check', '--scenario', 'one.json', '--report', 'other name'], `--report other name: ${read}`],
  [['check', '--scenario', 'other name', '--sarif', 'here/one.json'], `--sarif here/one.json: ${read}`],
  [['check', '--scenario', 'one.json', '--patch', 'pond.c', '--junit', 'pond.c'], `--junit pond.c: ${read}`],
  [['compare', 'v5', 'fixed', '--scenario', 'one.json', '--json', 'one.json'], `--json one.json: ${read}`],
  [['export', '--scenario', 'one.json', '--format', 'dot', '-o', 'one.json'], `-o one.json: ${read}`],
  [['export', '--scenario', 'one.json', '--format', 'murphi', '-o', 'one.json'], `-o one.json: ${read}`],
  [['review', 'pond.c', '-o', './pond.c'], `--output ./pond.c: ${read}`],
  [['replay', 'one.json', '-o', 'one.json'], `-o one.json: ${read}`],
])('%j would write over its input, and is refused', (args, said) => {
  const at = place();
  const before = readdirSync(at);
  expect(cowpte(args, { cwd: at })).toEqual({ code: 2, out: '', err: `cowpte: ${said}\n` });
  expect(readdirSync(at)).toEqual(before);
  expect(readFileSync(join(at, 'one.json'), 'utf8')).toBe(JSON.stringify(oneBreak));
  expect(readFileSync(join(at, 'pond.c'), 'utf8')).toBe('/* Frogs leap. */\nint frogs;\n');
});

test('an empty name of an input is shown as one', () => {
  for (const args of [
    ['replay', ''],
    ['review', ''],
    ['check', '--patch', ''],
  ]) {
    expect(cowpte(args)).toEqual({ code: 2, out: '', err: "cowpte: '': no such file\n" });
  }
});

test('a shipped scenario is no file: what an earlier run left under its name is replaced', () => {
  const at = folder();
  const name = 'one-break-in-each-of-a-and-b';
  writeFileSync(join(at, name), 'an earlier export');
  expect(cowpte(['export', '--scenario', name, '--format', 'murphi', '-o', name], { cwd: at }).code).toBe(0);
  expect(readFileSync(join(at, name), 'utf8')).not.toBe('an earlier export');
});

test('two results under two names of one file are refused', () => {
  const at = place();
  writeFileSync(join(at, 'result'), 'before');
  symlinkSync('result', join(at, 'link'));
  for (const other of ['link', 'here/result']) {
    const ran = cowpte(['check', '--scenario', 'one.json', '--json', 'result', '--sarif', other], {
      cwd: at,
    });
    expect([ran.code, ran.err]).toEqual([
      2,
      'cowpte: --json: --sarif has the same name; give it another one\n',
    ]);
  }
  const fresh = ['check', '--scenario', 'one.json', '--json', 'new', '--junit', 'here/new'];
  expect(cowpte(fresh, { cwd: at }).code).toBe(2);
  expect([readFileSync(join(at, 'result'), 'utf8'), existsSync(join(at, 'new'))]).toEqual(['before', false]);
});

test('a result may stand in the folder of the traces, which the check makes', () => {
  const at = place();
  writeFileSync(join(at, 'two.json'), JSON.stringify(twoBreaks));
  const args = ['--property', 'right-lock-for-slot', '--traces', 'new', '--json', './new/result.json'];
  const { code, err } = cowpte(['check', '--scenario', 'two.json', ...args], { cwd: at });
  expect([code, err]).toEqual([1, '']);
  expect(readdirSync(join(at, 'new')).sort()).toEqual([
    'result.json',
    'two-breaks.right-lock-for-slot.json',
    'two-breaks.right-lock-for-slot.txt',
  ]);
});
