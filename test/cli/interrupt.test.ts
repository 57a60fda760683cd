import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { entry, folder, scenarioFile } from './run-cowpte.ts';

/** Too large for any test to end. */
const endless = scenarioFile({
  name: 'endless',
  mms: { A: {}, B: {}, C: {} },
  threads: ['A', 'A', 'A', 'B', 'B', 'C'].map((mm) => ({ mm, run: 'write-fault' })),
});

/** Runs a check that would take for ever; `signals` are sent once it searches, each as soon as the one before was heard. */
function interrupted(args: readonly string[], signals: number) {
  const checkpoint = folder();
  const kept = ['--checkpoint', checkpoint, '--checkpoint-every', '1s'];
  const all = ['check', '--scenario', endless, '--memory', '2G', ...(signals > 0 ? kept : []), ...args];
  const run = spawn(process.execPath, [entry, ...all]);
  let [out, err, sent] = ['', '', 0];
  const send = (): void => {
    if (sent === signals) return;
    sent++;
    run.kill('SIGINT');
  };
  run.stdout.on('data', (text: Buffer) => {
    out += text.toString();
  });
  run.stderr.on('data', (text: Buffer) => {
    err += text.toString();
    if (sent > 0) send();
  });
  // The search is on its way once it has left something to go on from.
  const waiting = setInterval(() => {
    if (readdirSync(checkpoint).length === 0) return;
    clearInterval(waiting);
    send();
  }, 20);
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    run.on('close', (code) => {
      clearInterval(waiting);
      resolve({ code, out, err });
    });
  });
}

describe('Ctrl-C', () => {
  test('once: what was found until then is told, and written', async () => {
    const json = join(folder(), 'r.json');
    const { code, out, err } = await interrupted(['--json', json, '--property', 'no-deadlock'], 1);
    expect(code).toBe(130);
    expect(err).toContain('interrupted');
    expect(out).toMatch(/not exhaustive \(interrupted\)/);
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
      results: [{ verdict: 'unknown', reason: 'interrupted', exhaustive: false }],
    });
  });

  test('twice: the end at once', async () => {
    const { code, out } = await interrupted([], 2);
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
  const { code, out } = await interrupted(['--timeout', '1s', '--property', 'no-deadlock'], 0);
  expect(code).toBe(3);
  expect(out).toMatch(/not exhaustive \(timeout\)/);
});
