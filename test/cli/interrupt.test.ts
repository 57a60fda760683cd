import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { entry, folder, scenarioFile } from './run-cowpte.ts';

/** Too large for any test to end. */
const endless = scenarioFile({
  name: 'endless',
  mms: { A: {}, B: {}, C: {} },
  threads: ['A', 'A', 'A', 'B', 'B', 'C'].map((mm) => ({ mm, run: 'write-fault' })),
});

/** Starts a check that would take for ever and sends it a signal for each delay. */
function interrupted(args: readonly string[], delays: readonly number[]) {
  const run = spawn(process.execPath, [entry, 'check', '--scenario', endless, '--memory', '2G', ...args]);
  let [out, err] = ['', ''];
  run.stdout.on('data', (text: Buffer) => {
    out += text.toString();
  });
  run.stderr.on('data', (text: Buffer) => {
    err += text.toString();
  });
  for (const delay of delays) setTimeout(() => run.kill('SIGINT'), delay);
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    run.on('close', (code) => resolve({ code, out, err }));
  });
}

describe('Ctrl-C', () => {
  test('once: what was found until then is told, and written', async () => {
    const json = join(folder(), 'r.json');
    const { code, out, err } = await interrupted(['--json', json, '--property', 'no-deadlock'], [2000]);
    expect(code).toBe(130);
    expect(err).toContain('interrupted');
    expect(out).toMatch(/not exhaustive \(interrupted\)/);
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
      results: [{ verdict: 'unknown', reason: 'interrupted', exhaustive: false }],
    });
  });

  test('twice: the end at once', async () => {
    const { code, out } = await interrupted([], [1500, 1510]);
    expect([code, out]).toEqual([130, '']);
  });
});

test('a reader who stops reading is no error', async () => {
  const run = spawn(process.execPath, [entry, 'list', '--json']);
  let err = '';
  run.stderr.on('data', (text: Buffer) => {
    err += text.toString();
  });
  run.stdout.destroy();
  const code = await new Promise((resolve) => run.on('close', resolve));
  expect(err).toBe('');
  expect([0, 130]).toContain(code);
});

test('a bound on time ends the search as unknown', async () => {
  const { code, out } = await interrupted(['--timeout', '1s', '--property', 'no-deadlock'], []);
  expect(code).toBe(3);
  expect(out).toMatch(/not exhaustive \(timeout\)/);
});
