import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The command as it is installed. `npm test` builds it first. */
export const entry = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js');

/** What a run of the command left behind. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command to its end. */
export function cowpte(args: readonly string[], options: { cwd?: string; env?: object } = {}): Ran {
  const run = spawnSync(process.execPath, [entry, ...args], {
    encoding: 'utf8',
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...options.env },
    maxBuffer: 2 ** 28,
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

/** A folder of its own for a test. */
export const folder = (): string => mkdtempSync(join(tmpdir(), 'cowpte-'));

/** Writes a scenario file into a folder of its own and returns its path. */
export function scenarioFile(content: object | string): string {
  const path = join(folder(), 'race.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** Two threads that break one slot: small, and violates something. */
export const twoBreaks = {
  name: 'two breaks',
  mms: { A: {}, B: {} },
  threads: [
    { mm: 'A', run: 'break-only' },
    { mm: 'A', run: 'break-only' },
  ],
};

/** One thread alone: small, and nothing can go wrong. */
export const oneBreak = { ...twoBreaks, name: 'one break', threads: [{ mm: 'A', run: 'break-only' }] };
