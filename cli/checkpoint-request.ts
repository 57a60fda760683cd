import { CheckpointFolder, type CheckpointOf, isFinished } from '../checking/checkpoint-folder.ts';
import type { ScenarioResult } from '../checking/result.ts';
import { ascii } from '../evidence/ascii.ts';
import { command } from '../evidence/shell.ts';
import { tryFolder } from '../evidence/write.ts';
import { InputError } from '../model/scenarios/input-error.ts';
import { scenarioToJson } from '../model/scenarios/write.ts';
import type { CheckOptions } from './check-options.ts';
import { readDuration } from './quantities.ts';
import { fileTrouble } from './read-input.ts';
import type { SearchRequest } from './search-request.ts';
import { version } from './version.ts';

/** A folder for checkpoints, as a message to another thread can carry it. */
export interface CheckpointRequest {
  readonly path: string;
  /** Milliseconds. */
  readonly every: number;
  readonly resume: boolean;
}

/** Milliseconds between two checkpoints of a search where the user says nothing. */
const usual = 60_000;

/** What the options ask for; null for no checkpoints. */
export function readCheckpoint(options: CheckOptions): CheckpointRequest | null {
  const { checkpoint, resume, checkpointEvery: every } = options;
  const path = checkpoint ?? resume;
  const refuse = (where: string, what: string): never => {
    throw new InputError('usage', where, what);
  };
  if (path === undefined)
    return every === undefined ? null : refuse('--checkpoint-every', 'is for --checkpoint');
  const where = checkpoint === undefined ? '--resume' : '--checkpoint';
  if (checkpoint !== undefined && resume !== undefined) {
    refuse('--checkpoint', 'does not go with --resume, which goes on writing to its folder');
  }
  if (options.engine === 'xstate') refuse(where, "is not for the engine 'xstate'");
  if (options.maxSwitches !== undefined) refuse(where, 'does not go with --max-switches');
  if (options.sample !== undefined) refuse(where, 'does not go with --sample: give the walks another --seed');
  return {
    path,
    every: every === undefined ? usual : readDuration(every, '--checkpoint-every'),
    resume: resume !== undefined,
  };
}

/** What must be the same for a run to go on with the checkpoint of another, under the names that a user knows. */
export function checkpointOf({
  scenarios,
  protocol,
  properties,
  minimal,
  coverage,
  bounds,
}: SearchRequest): CheckpointOf {
  return {
    'the version': version,
    '--protocol': protocol,
    '--scenario': scenarios.map(({ name }) => name),
    ...Object.fromEntries(scenarios.map((s) => [`the scenario '${s.name}'`, scenarioToJson(s)])),
    '--property': properties,
    '--max-states': bounds.maxStates ?? null,
    '--max-depth': bounds.maxDepth ?? null,
    '--no-reduce': bounds.reduce === 'none',
    '--fingerprints': bounds.fingerprints ?? false,
    '--first': bounds.first ?? false,
    '--minimal': minimal ?? false,
    '--coverage': coverage ?? false,
  };
}

/** Makes the folder, if it is a new one; an error if nothing can be written into it. */
export function makeCheckpointFolder({ path, resume }: CheckpointRequest): void {
  try {
    if (!resume) tryFolder(path);
  } catch (error) {
    throw new InputError('file', `--checkpoint ${ascii(path)}`, `cannot be written: ${fileTrouble(error)}`);
  }
}

/** Says how to go on with searches that were cut; if there is none, what was kept is of no more use. */
export function endCheckpoint(
  { path, every }: CheckpointRequest,
  done: readonly ScenarioResult[],
  interrupted: boolean,
  quiet: boolean,
): void {
  if (!interrupted && done.every(isFinished)) new CheckpointFolder(path, every, () => {}).clear();
  else if (!quiet) process.stderr.write(`cowpte: to go on: ${resumeCommand(process.argv.slice(2))}\n`);
}

/** The command that goes on with what this one left. */
function resumeCommand(words: readonly string[]): string {
  const again = words.map((word) => word.replace(/^--checkpoint(?==|$)/, '--resume'));
  return command(['npx', 'cowpte', ...again], Number.POSITIVE_INFINITY).join('');
}
