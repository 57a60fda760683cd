import { createHash } from 'node:crypto';
import type { Compiled } from '../compile/compile.ts';
import type { Options } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import type { Position } from './position.ts';
import { type SealedFile, writeSealed } from './sealed-file.ts';

/** A checkpoint of another model or of other bounds. */
export class OtherModel extends Error {
  override readonly name = 'OtherModel';
}

interface Head {
  readonly kind: 'search';
  readonly model: string;
  readonly before: Outcome | null;
  readonly position: Position;
}

/** Writing is to take a small part of the time, however many states there are. */
const REST = 10;

/** Where the search of one system leaves what it needs to go on, and where it goes on from. */
export class Checkpoints {
  /** What a search before this one has found, where a system takes two. */
  readonly before: Outcome | null;
  private readonly path: string;
  private readonly every: number;
  private readonly warn: (error: unknown) => void;
  private readonly found: SealedFile | null;
  private next: number;

  /** Writes to `path`, about once in `every` milliseconds, and goes on from `found`. `warn`: it could not be written. */
  constructor(
    path: string,
    every: number,
    found: SealedFile | null,
    warn: (error: unknown) => void,
    before = (found?.head as Head | undefined)?.before ?? null,
  ) {
    this.path = path;
    this.every = every;
    this.found = found;
    this.warn = warn;
    this.before = before;
    this.next = performance.now() + every;
  }

  /** For the search that follows one with this outcome. */
  after(outcome: Outcome): Checkpoints {
    const goesOn = (this.found?.head as Head | undefined)?.before ? this.found : null;
    return new Checkpoints(this.path, this.every, goesOn, this.warn, outcome);
  }

  /** Where to go on; null for the start. Throws an OtherModel. */
  resume(model: string): { readonly position: Position; readonly file: SealedFile } | null {
    if (this.found === null) return null;
    const { model: known, position } = this.found.head as Head;
    if (known !== model)
      throw new OtherModel('the model or the bounds of its search are not those of this run');
    return { position, file: this.found };
  }

  get due(): boolean {
    return performance.now() >= this.next;
  }

  /** A search goes on although its checkpoint cannot be written: the one before is still there. */
  save(model: string, position: Position, states: Iterable<Int32Array>): void {
    const began = performance.now();
    try {
      writeSealed(this.path, { kind: 'search', model, before: this.before, position } satisfies Head, states);
    } catch (error) {
      this.warn(error);
    }
    const took = performance.now() - began;
    this.next = performance.now() + Math.max(this.every, REST * took);
  }
}

/** Tells models apart: the code that a search runs, what it does not judge by code, and the bounds on which its counts depend. */
export function modelDigest(compiled: Compiled, options: Options): string {
  const { text, constants, initial, program } = compiled;
  const { maxStates, maxDepth, first, fingerprints } = options;
  const checks = program.checks.map(({ declared: { name, deadlock } }) => [name, deadlock]);
  const hash = createHash('sha256');
  hash.update(
    JSON.stringify([checks, String(maxStates), String(maxDepth), first, fingerprints, [...initial]]),
  );
  for (const [name, values] of Object.entries(constants)) hash.update(name).update(values);
  return hash.update(text).digest('hex');
}
