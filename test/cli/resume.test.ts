import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cowpte, entry, folder, oneBreak, scenarioFile, twoBreaks } from './run-cowpte.ts';

/** Some 300,000 states: takes a second or so. */
const long = scenarioFile({
  name: 'long',
  mms: { A: {}, B: {}, C: {} },
  threads: ['A', 'B', 'C'].map((mm) => ({ mm, run: 'write-fault' })),
});
const two = scenarioFile(twoBreaks);
const one = scenarioFile(oneBreak);

/** The result without what may differ. */
const result = (out: string): object => ({ ...(JSON.parse(out) as object), timing: null });
const search = (...scenarios: string[]) => [
  'check',
  '--no-reduce',
  '--json',
  '-',
  '--scenario',
  ...scenarios,
];

/** Starts a check, kills it once a checkpoint of its search is there, and gives the signal that ended it. */
function killed(args: readonly string[], name: string, dir: string, signal: NodeJS.Signals) {
  const run = spawn(process.execPath, [entry, ...args, '--checkpoint', dir, '--checkpoint-every', '1ms']);
  let err = '';
  run.stderr.on('data', (text: Buffer) => {
    err += text.toString();
  });
  const look = setInterval(() => {
    if (!existsSync(join(dir, name))) return;
    clearInterval(look);
    run.kill(signal);
  }, 5);
  return new Promise<{ code: number | null; signal: string | null; err: string }>((resolve) => {
    run.on('close', (code, by) => {
      clearInterval(look);
      resolve({ code, signal: by, err });
    });
  });
}

describe('a check goes on where it was stopped', () => {
  interface Result {
    readonly results: readonly { readonly scenario: string; readonly bounds: object }[];
  }
  /** What a check finds that nobody stops. */
  const whole = result(cowpte(search(two, long)).out) as Result;
  const wholeLong = { ...whole, results: whole.results.filter(({ scenario }) => scenario === 'long') };

  test('killed without warning, in the second of two scenarios', async () => {
    const dir = join(folder(), 'kept');
    const args = search(two, long);
    const { signal } = await killed(args, 'search-1', dir, 'SIGKILL');
    expect(signal).toBe('SIGKILL');
    expect(readdirSync(dir)).toContain('finished-0');
    const resumed = cowpte([...args, '--resume', dir]);
    expect(resumed.err).toBe('');
    expect(result(resumed.out)).toEqual(whole);
    // Nothing is left to go on with.
    expect(readdirSync(dir)).toEqual([]);
    expect(cowpte([...args, '--resume', dir])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/holds no checkpoint$/m) as string,
    });
  });

  test('interrupted: the partial result, the command, and the same result in the end', async () => {
    const dir = join(folder(), 'kept');
    const args = search(long);
    const { code, err } = await killed(args, 'search-0', dir, 'SIGINT');
    expect(code).toBe(130);
    expect(err).toContain(
      `cowpte: to go on: npx cowpte ${args.join(' ')} --resume ${dir} --checkpoint-every 1ms\n`,
    );
    expect(result(cowpte([...args, '--resume', dir]).out)).toEqual(wholeLong);
  });

  test('out of memory, then with more', () => {
    const dir = join(folder(), 'kept');
    const args = search(long);
    const cut = cowpte([...args, '--memory', '8M', '--checkpoint', dir]);
    expect([cut.code, cut.err]).toEqual([3, expect.stringContaining('cowpte: to go on: ')]);
    expect((JSON.parse(cut.out) as { results: object[] }).results[0]).toMatchObject({ reason: 'memory' });
    const resumed = JSON.parse(cowpte([...args, '--resume', dir, '--memory', '1G']).out) as Result;
    const plain = ({ results }: Result) => results.map((r) => ({ ...r, bounds: null }));
    expect(plain(resumed)).toEqual(plain(wholeLong));
  });
});

describe('what does not fit is refused in one line', () => {
  const dir = join(folder(), 'kept');
  const args = ['check', '--no-reduce', '--scenario', long];
  cowpte([...args, '--memory', '8M', '--checkpoint', dir]);
  const renamed = scenarioFile({
    ...(JSON.parse(readFileSync(long, 'utf8')) as object),
    config: { entries: 2 },
  });
  const resume = ['--resume', dir];

  test.each<[string, string[], RegExp]>([
    [
      'another protocol',
      [...args, ...resume, '--protocol', 'v4'],
      /is of another run: --protocol is "v5" there and "v4" here$/,
    ],
    ['other bounds', [...args, ...resume, '--max-depth', '9'], /--max-depth is null there and 9 here$/],
    ['reductions', ['check', '--scenario', long, ...resume], /--no-reduce is true there and false here$/],
    [
      'other properties',
      [...args, ...resume, '--property', 'lifecycle'],
      /--property is \[.* there and \["lifecycle"\] here$/,
    ],
    ['coverage', [...args, ...resume, '--coverage'], /--coverage is false there and true here$/],
    ['fingerprints', [...args, ...resume, '--fingerprints'], /--fingerprints is false there and true here$/],
    [
      'another scenario',
      ['check', '--no-reduce', '--scenario', one, ...resume],
      /--scenario is \["long"\] there/,
    ],
    [
      'another scenario of that name',
      ['check', '--no-reduce', '--scenario', renamed, ...resume],
      /the scenario 'long' is /,
    ],
    ['no folder', [...args, '--resume', join(dir, 'no')], /holds no checkpoint$/],
    [
      'a checkpoint is there',
      [...args, '--checkpoint', dir],
      /holds a checkpoint already: go on with --resume/,
    ],
    ['both', [...args, ...resume, '--checkpoint', dir], /--checkpoint: does not go with --resume/],
    [
      'by switches',
      [...args, '--checkpoint', 'x', '--max-switches', '2'],
      /--checkpoint: does not go with --max-switches$/,
    ],
    ['walks', [...args, '--checkpoint', 'x', '--sample', '2'], /does not go with --sample/],
    ['engine', [...args, '--checkpoint', 'x', '--engine', 'xstate'], /is not for the engine 'xstate'$/],
    [
      'how often of nothing',
      [...args, '--checkpoint-every', '1m'],
      /--checkpoint-every: is for --checkpoint$/,
    ],
    [
      'not writable',
      [...args, '--checkpoint', join(long, 'x')],
      /cannot be written: a part of the path is not a folder$/,
    ],
  ])('%s', (_, given, line) => {
    const ran = cowpte(given);
    expect([ran.code, ran.out]).toEqual([2, '']);
    expect(ran.err).toMatch(/^cowpte: [\x20-\x7e]+\n$/);
    expect(ran.err.trimEnd()).toMatch(line);
    expect(readdirSync(dir).sort()).toEqual(['request', 'search-0']);
  });

  test.each(['request', 'search-0'])('%s, cut short or changed', (name) => {
    const path = join(dir, name);
    const bytes = readFileSync(path);
    const changed = Buffer.from(bytes);
    changed[bytes.length >> 1]! ^= 4;
    writeFileSync(path, changed);
    expect(cowpte([...args, ...resume])).toMatchObject({ code: 2, out: '' });
    writeFileSync(path, bytes);
    truncateSync(path, bytes.length - 1);
    const { code, err } = cowpte([...args, ...resume]);
    expect(code).toBe(2);
    expect(err).toMatch(
      new RegExp(`--resume .*: the file '${name}' (is cut short|was changed or is cut short)\\n$`),
    );
    writeFileSync(path, bytes);
  });

  test('whole again it goes on', () => {
    expect(cowpte([...args, ...resume, '--quiet'])).toEqual({ code: 0, out: '', err: '' });
  });
});
