import { chmodSync, createWriteStream, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { target, temporary } from './write.ts';

/** Characters that are handed on at once: small enough for any memory, large enough that calls do not count. */
const PIECE = 1 << 16;

/** Puts short texts together; ends with the error if `stopped` says so. */
function* pieces(texts: Iterable<string>, stopped: () => boolean): Generator<string> {
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    if (stopped()) throw new Stopped();
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** The writing was ended from outside. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/**
 * Writes a text of any length as it is made, no faster than it is taken, to a file, or to standard output for null. A file is there
 * whole or not at all, as with writeWhole. Rejects with the system's error, with Stopped, or with what the texts throw.
 */
export async function writeStream(
  path: string | null,
  texts: Iterable<string>,
  stopped: () => boolean = () => false,
): Promise<void> {
  const source = Readable.from(pieces(texts, stopped));
  if (path === null) {
    await pipeline(source, process.stdout, { end: false });
    return;
  }
  const there = target(path);
  if (there && !there.stats.isFile()) {
    await pipeline(source, createWriteStream(there.path));
    return;
  }
  const name = there?.path ?? path;
  const part = temporary(name);
  try {
    await pipeline(source, createWriteStream(part));
    if (there) chmodSync(part, there.stats.mode);
    renameSync(part, name);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}
