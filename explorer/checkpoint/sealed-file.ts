import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** The first line: what the file is, and in which form. */
const FORM = 'cowpte.checkpoint/1';
/** Hexadecimal digits of the seal at the end: SHA-256 of all before it. */
const SEAL = 64;
const MOST_HEAD = 2 ** 28;
const PIECE = 2 ** 20;

/** A file that is not what was written: another form, cut short, or changed. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
}

/** The name under which a file is made before it gets its own. */
const unfinished = (path: string): string => `${path}.part`;

/**
 * Writes a head, which is JSON, and 32-bit words, piece by piece. Nobody ever sees half of it, whatever happens meanwhile: it is
 * written under another name, brought to the disk, and renamed; the file that was there before stays until then.
 */
export function writeSealed(path: string, head: object, pieces: Iterable<Int32Array>): void {
  const part = unfinished(path);
  try {
    const file = openSync(part, 'w');
    try {
      const hash = createHash('sha256');
      const write = (bytes: Uint8Array): void => {
        hash.update(bytes);
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      };
      write(Buffer.from(`${FORM}\n${JSON.stringify(head)}\n`));
      for (const words of pieces) write(bytesOf(words));
      writeSync(file, hash.digest('hex'));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** The new name has to reach the disk too. Some systems cannot do that for a folder. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {}
}

const bytesOf = (words: Int32Array): Uint8Array =>
  new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

/** A sealed file that was read through once: its seal is right. */
export class SealedFile {
  readonly path: string;
  readonly head: unknown;
  /** Where the words begin, and how many there are. */
  private readonly start: number;
  readonly words: number;

  /** Throws a DamagedFile, or the system's error. */
  constructor(path: string) {
    this.path = path;
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const text = headText(file);
      this.start = Buffer.byteLength(text);
      const bytes = size - SEAL - this.start;
      if (bytes < 0 || bytes % 4 !== 0) throw new DamagedFile('is cut short');
      this.words = bytes / 4;
      checkSeal(file, size - SEAL);
      this.head = JSON.parse(text.slice(FORM.length + 1)) as unknown;
    } finally {
      closeSync(file);
    }
  }

  /** Fills one array after the other with the words, in order. Call `close` in the end. */
  reader(): { readonly read: (into: Int32Array) => void; readonly close: () => void } {
    const file = openSync(this.path, 'r');
    let at = this.start;
    return {
      read: (into) => {
        const bytes = bytesOf(into);
        for (let filled = 0; filled < bytes.length; ) {
          const count = readSync(file, bytes, filled, bytes.length - filled, at);
          if (count === 0) throw new DamagedFile('is cut short');
          filled += count;
          at += count;
        }
      },
      close: () => closeSync(file),
    };
  }
}

/** The first two lines. */
function headText(file: number): string {
  const pieces: Buffer[] = [];
  let lines = 0;
  for (let at = 0; at < MOST_HEAD; ) {
    const piece = Buffer.alloc(65_536);
    const count = readSync(file, piece, 0, piece.length, at);
    if (count === 0) break;
    let end = 0;
    while (end < count && lines < 2) if (piece[end++] === 10) lines++;
    pieces.push(piece.subarray(0, end));
    at += end;
    if (lines === 2) break;
  }
  const text = Buffer.concat(pieces).toString('utf8');
  if (!text.startsWith(`${FORM}\n`)) throw new DamagedFile(`is not a file of the form ${FORM}`);
  if (lines < 2) throw new DamagedFile('is cut short');
  return text;
}

function checkSeal(file: number, end: number): void {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(PIECE);
  for (let at = 0; at < end; ) {
    const count = readSync(file, piece, 0, Math.min(PIECE, end - at), at);
    if (count === 0) throw new DamagedFile('is cut short');
    hash.update(piece.subarray(0, count));
    at += count;
  }
  const seal = Buffer.alloc(SEAL);
  readSync(file, seal, 0, SEAL, end);
  if (seal.toString('latin1') !== hash.digest('hex')) throw new DamagedFile('was changed or is cut short');
}
