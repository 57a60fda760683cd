import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cpuSeconds, inFolder, runProgram, timed } from '../../engines/external.ts';

test('a program that is not there is told', () => {
  expect(inFolder(['no-such-checker'], () => ({}))).toEqual({
    kind: 'missing',
    why: 'no-such-checker is not installed',
  });
});

test('a program that takes too long is ended, with what it started', async () => {
  let pid = 0;
  const told = inFolder([], (folder) => {
    try {
      runProgram(folder, timed("sh -c 'echo $$ > pid; exec sleep 60'"), { timeout: 2000 });
    } finally {
      pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    }
    return {};
  });
  expect(told).toMatchObject({ kind: 'failed', why: expect.stringContaining('not done after 2000 ms') });
  await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a program that fails is told with what it wrote', () => {
  const told = inFolder([], (folder) => ({ said: runProgram(folder, ['sh', '-c', 'echo so; exit 3'], {}) }));
  expect(told).toMatchObject({ kind: 'failed', why: expect.stringMatching(/exit code 3\nso/) });
});

test('processor time is that of the children', () => {
  expect(cpuSeconds('states\n0m0.01s 0m0.02s\n1m2.50s 0m0.25s\n')).toBe(62.75);
});
