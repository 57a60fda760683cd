import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { cowpte, entry, scenarioFile } from './run-cowpte.ts';

const large = scenarioFile({
  name: 'large',
  mms: { A: {}, B: {}, C: {} },
  threads: ['A', 'B', 'C'].map((mm) => ({ mm, run: 'write-fault' })),
});
const args = [
  'check',
  '--no-reduce',
  '--scenario',
  large,
  '--property',
  'no-deadlock',
  '--quiet',
  '--json',
  '-',
];
const unknown = { results: [{ verdict: 'unknown', reason: 'memory', exhaustive: false, trace: null }] };

describe('out of memory is a verdict, not an end', () => {
  test.each(['1k', '1M', '10M'])('--memory %s', (memory) => {
    const { code, out, err } = cowpte([...args, '--memory', memory]);
    expect([code, err]).toEqual([3, '']);
    expect(JSON.parse(out)).toMatchObject(unknown);
  });

  test.each([
    ['40', ['--engine', 'xstate']],
    ['24', ['--engine', 'xstate', '--memory', '8G']],
  ])('a heap of %s MB, %j', (size, more) => {
    const run = spawnSync(process.execPath, [`--max-old-space-size=${size}`, entry, ...args, ...more], {
      encoding: 'utf8',
    });
    expect([run.status, run.stderr]).toEqual([3, '']);
    expect(JSON.parse(run.stdout)).toMatchObject(unknown);
  });

  test('states are not in the heap: a small one is no bound on them', () => {
    const run = spawnSync(process.execPath, ['--max-old-space-size=60', entry, ...args], {
      encoding: 'utf8',
    });
    expect([run.status, run.stderr]).toEqual([0, '']);
  });
});
