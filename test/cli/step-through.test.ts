import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { afterKey } from '../../cli/step-through.ts';
import { cowpte, entry, folder, scenarioFile, twoBreaks } from './run-cowpte.ts';

test.each<[string, object, number, number]>([
  ['space', { name: 'space' }, 3, 4],
  ['enter', { name: 'return' }, 9, 9],
  ['b', { name: 'b' }, 3, 2],
  ['b at the start', { name: 'b' }, 0, 0],
  ['g', { name: 'g' }, 3, 0],
  ['G', { name: 'g', shift: true }, 3, 9],
  ['q', { name: 'q' }, 3, -1],
  ['Ctrl-C', { name: 'c', ctrl: true }, 3, -1],
  ['another key', { name: 'x' }, 3, 3],
])('%s', (_, key, at, next) => {
  expect(afterKey(key, at, 9)).toBe(next);
});

const at = folder();
cowpte(['check', '--scenario', scenarioFile(twoBreaks), '--property', 'seqcount-one-writer', '--traces', at]);
const name = readdirSync(at).find((file) => file.endsWith('.json'))!;

test('without a terminal all steps are printed', () => {
  const { code, out, err } = cowpte(['replay', name, '--step'], { cwd: at });
  expect([code, err]).toEqual([0, '']);
  const steps = [...out.matchAll(/^step (\d+) of (\d+)$/gm)].map((m) => Number(m[1]));
  const last = steps.at(-1)!;
  expect(steps).toEqual(Array.from({ length: last + 1 }, (_, n) => n));
  expect(out).toContain(' *** seqcount-one-writer violated ***\n');
});

test('with a format it is refused', () => {
  expect(cowpte(['replay', name, '--step', '--format', 'itf'], { cwd: at })).toEqual({
    code: 2,
    out: '',
    err: 'cowpte: --step: cannot be combined with --format or -o\n',
  });
});

const script = spawnSync('script', ['--version']).status === 0;
test.skipIf(!script)('on a terminal a page for each key, until q', () => {
  const command = `"${process.execPath}" "${entry}" replay "${join(at, name)}" --step`;
  const run = spawnSync(
    'bash',
    [
      '-c',
      `(sleep 2; printf ' '; sleep 0.3; printf ' b'; sleep 0.3; printf q) | script -qec '${command}' /dev/null`,
    ],
    {
      encoding: 'utf8',
    },
  );
  const steps = [...run.stdout.matchAll(/^step (\d+) of/gm)].map((m) => Number(m[1]));
  expect([run.status, steps]).toEqual([0, [0, 1, 2, 1]]);
});
