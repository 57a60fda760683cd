import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What came of a run of another checker: it is not here, it did not get to an end, or it told something. */
export type External<T> =
  | { readonly kind: 'missing'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string }
  | ({ readonly kind: 'done' } & T);

/** What another checker told of a search. */
export interface Told {
  readonly states: number;
  readonly transitions: number;
  /** Names of violated checks, sorted. */
  readonly violated: readonly string[];
  /** Processor time of the search itself, without the compilation. */
  readonly cpuSeconds: number;
  readonly bytesPerState: number;
  /** What the verifier wrote. */
  readonly output: string;
}

export interface ExternalOptions {
  /** For each program that is started, in milliseconds. Default: one minute. */
  readonly timeout?: number;
  /** What the C compiler is to do. Default: -O1, the quickest in total for small searches. */
  readonly optimise?: string;
}

/** A program that did not do what it should: the text says which, and how it ended. */
class ProgramError extends Error {}

const MOST_OUTPUT = 256_000_000;

/** Runs a program in a folder; throws if it cannot be started, takes too long or (unless `anyCode`) fails. */
export function runProgram(
  folder: string,
  [program, ...args]: readonly [string, ...string[]],
  { timeout = 60_000 }: ExternalOptions,
  anyCode = false,
): string {
  const ran = spawnSync(program, args, { cwd: folder, timeout, encoding: 'utf8', maxBuffer: MOST_OUTPUT });
  const name = `${program} ${args.join(' ')}`;
  if (ran.error) {
    const code = (ran.error as NodeJS.ErrnoException).code;
    throw new ProgramError(
      `${name}: ${code === 'ETIMEDOUT' ? `not done after ${timeout} ms` : ran.error.message}`,
    );
  }
  const output = ran.stdout + ran.stderr;
  if (ran.signal !== null) throw new ProgramError(`${name}: ended by ${ran.signal}\n${output}`);
  if (!anyCode && ran.status !== 0) throw new ProgramError(`${name}: exit code ${ran.status}\n${output}`);
  return output;
}

/** Why a checker cannot be run here; null if its programs are installed. */
export function missingPrograms(programs: readonly string[]): string | null {
  for (const program of programs) {
    const { error } = spawnSync(program, ['--version'], { stdio: 'ignore', timeout: 10_000 });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return `${program} is not installed`;
  }
  return null;
}

/** Works in a folder of its own that is gone afterwards. */
export function inFolder<T>(programs: readonly string[], work: (folder: string) => T): External<T> {
  const why = missingPrograms(programs);
  if (why !== null) return { kind: 'missing', why };
  const folder = mkdtempSync(join(tmpdir(), 'cowpte-'));
  try {
    return { kind: 'done', ...work(folder) };
  } catch (error) {
    if (error instanceof ProgramError) return { kind: 'failed', why: error.message };
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Says that a checker told something that cannot be read. */
export function unreadable(program: string, output: string): never {
  throw new ProgramError(`${program} told something else than expected:\n${output.slice(0, 4000)}`);
}

/**
 * A program with its processor time behind its output, by the `times` of every POSIX shell: the last line is that of the
 * children. When the shell is told to end, because the time is over, it takes the program with it.
 */
export const timed = (command: string): readonly [string, ...string[]] => [
  'sh',
  '-c',
  `trap 'kill $child; wait $child' TERM; ${command} & child=$!; wait $child; times`,
];

/** User and system time of the children of a shell, out of the last line of `times`. */
export function cpuSeconds(output: string): number {
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  const parts = [...last.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
