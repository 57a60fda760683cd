import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { entry, folder, scenarioFile } from './run-cowpte.ts';

/** Too large for any test to end. */
const endless = scenarioFile({
  name: 'endless',
  mms: { A: {}, B: {}, C: {} },
  threads: ['A', 'A', 'A', 'B', 'B', 'C'].map((mm) => ({ mm, run: 'write-fault' })),
});

/** Runs a check that would take for ever, and sends it the signals once it searches. */
function interrupted(args: readonly string[], signals: readonly NodeJS.Signals[]) {
  const checkpoint = folder();
  const kept = ['--checkpoint', checkpoint, '--checkpoint-every', '1s'];
  const all = [
    'check',
    '--scenario',
    endless,
    '--memory',
    '2G',
    ...(signals.length > 0 ? kept : []),
    ...args,
  ];
  const run = spawn(process.execPath, [entry, ...all]);
  let [out, err] = ['', ''];
  run.stdout.on('data', (text: Buffer) => {
    out += text.toString();
  });
  run.stderr.on('data', (text: Buffer) => {
    err += text.toString();
  });
  // The thread of the search begins with this file.
  const waiting = setInterval(() => {
    if (!existsSync(join(checkpoint, 'request'))) return;
    clearInterval(waiting);
    for (const signal of signals) run.kill(signal);
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
    const { code, out, err } = await interrupted(['--json', json, '--property', 'no-deadlock'], ['SIGINT']);
    expect(code).toBe(130);
    expect(err).toContain('interrupted');
    expect(out).toMatch(/not exhaustive \(interrupted\)/);
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
      results: [{ verdict: 'unknown', reason: 'interrupted', exhaustive: false }],
    });
  });

  test('twice: the end at once', async () => {
    // Stopped while they are sent: the search cannot end between them. Two of one kind would be heard as one.
    const { code, out } = await interrupted([], ['SIGSTOP', 'SIGINT', 'SIGTERM', 'SIGCONT']);
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
  expect([code, err]).toEqual([0, '']);
});

test('a bound on time ends the search as unknown', async () => {
  const { code, out } = await interrupted(['--timeout', '1s', '--property', 'no-deadlock'], []);
  expect(code).toBe(3);
  expect(out).toMatch(/not exhaustive \(timeout\)/);
});
