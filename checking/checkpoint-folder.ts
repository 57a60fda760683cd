import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Checkpoints } from '../explorer/checkpoint/checkpoints.ts';
import { DamagedFile, SealedFile, writeSealed } from '../explorer/checkpoint/sealed-file.ts';
import type { Reason } from '../explorer/outcome.ts';
import type { ScenarioResult } from './result.ts';

/** What a checkpoint is of: by name what another run has to ask for as well to go on with it. */
export type CheckpointOf = Readonly<Record<string, unknown>>;

/** A checkpoint that cannot be used: it is of something else, or there is none, or one where there should be none. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

const request = 'request';
const fileName = /^(request|(search|finished)-[0-9]+)(\.part)?$/;
/** Ends after which a search can go on. */
const cut: readonly Reason[] = ['memory', 'timeout', 'interrupted'];

/** Need the search of a scenario not go on? */
export const isFinished = ({ results }: ScenarioResult): boolean =>
  results.every(({ reason }) => !cut.includes(reason));

/** A folder from which a check can go on: the searches that are finished with their results, and where the others are. */
export class CheckpointFolder {
  readonly path: string;
  private readonly every: number;
  private readonly warn: (error: unknown) => void;
  private readonly sealed = new Map<string, SealedFile>();

  /** `every`: milliseconds between two checkpoints of a search. `warn`: one could not be written. */
  constructor(path: string, every: number, warn: (error: unknown) => void) {
    this.path = path;
    this.every = every;
    this.warn = warn;
  }

  /** Begins in a folder that exists and holds no checkpoint. */
  begin(of: CheckpointOf): void {
    if (this.names.includes(request)) {
      throw new CheckpointError('holds a checkpoint already: go on with --resume, or name another folder');
    }
    this.clear();
    writeSealed(this.at(request), of, []);
  }

  /** Goes on with what is in the folder. All of it is read once, so that damage is found before anything is told. */
  resume(of: CheckpointOf): void {
    if (!existsSync(this.at(request))) throw new CheckpointError('holds no checkpoint');
    for (const name of this.names) {
      if (!name.endsWith('.part')) this.sealed.set(name, this.open(name));
    }
    const known = this.sealed.get(request)!.head as CheckpointOf;
    for (const key of Object.keys({ ...known, ...of })) {
      if (JSON.stringify(known[key]) === JSON.stringify(of[key])) continue;
      throw new CheckpointError(
        `is of another run: ${key} is ${shown(known[key])} there and ${shown(of[key])} here`,
      );
    }
  }

  /** The result of a scenario that was finished; null if it was not. */
  finished(scenario: number): ScenarioResult | null {
    const file = this.sealed.get(`finished-${scenario}`);
    return file ? (file.head as ScenarioResult) : null;
  }

  /** For the search of a scenario. */
  checkpoints(scenario: number): Checkpoints {
    const name = `search-${scenario}`;
    return new Checkpoints(this.at(name), this.every, this.sealed.get(name) ?? null, this.warn);
  }

  /** Keeps the result of a scenario if its search needs not go on. */
  keep(scenario: number, result: ScenarioResult): void {
    if (!isFinished(result)) return;
    try {
      writeSealed(this.at(`finished-${scenario}`), result, []);
    } catch (error) {
      this.warn(error);
      return;
    }
    rmSync(this.at(`search-${scenario}`), { force: true });
  }

  /** Takes the checkpoint away: there is nothing to go on with. Other files stay. */
  clear(): void {
    for (const name of this.names) rmSync(this.at(name), { force: true });
  }

  private open(name: string): SealedFile {
    try {
      return new SealedFile(this.at(name));
    } catch (error) {
      if (error instanceof DamagedFile) throw new CheckpointError(`the file '${name}' ${error.message}`);
      throw error;
    }
  }

  private get names(): string[] {
    return readdirSync(this.path).filter((name) => fileName.test(name));
  }

  private at(name: string): string {
    return join(this.path, name);
  }
}

/** The value in a few characters. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
