import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { ascii } from '../evidence/ascii.ts';
import { InputError } from '../model/scenarios/input-error.ts';
import { placeOf } from './place.ts';

/** What the system's error codes mean to somebody who named a file. */
const meanings: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'is a folder, not a file',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  ENAMETOOLONG: 'the name is too long',
  ERR_INVALID_ARG_VALUE: 'cannot be a file name',
};

/** What an error of the file system means, in a few words. */
export function fileTrouble(error: unknown): string {
  const code = (error as { readonly code?: string }).code ?? '';
  return meanings[code] ?? (error instanceof Error ? ascii(error.message) : 'cannot be used');
}

/** The places of the files that this command was given to read; a pipe or a device has none. */
const places = new Set<string>();

/** Whether this name leads to a file that this command has read: somebody's scenario, trace or patch. */
export const wasRead = (path: string): boolean => places.has(placeOf(path));

/** Reads a file up to `most` bytes. Reads in pieces, so that a pipe works and an endless device does not fill the memory. */
export function readBytes(path: string, most: number): Uint8Array {
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    const file = openSync(path, 'r');
    try {
      if (fstatSync(file).isFile()) places.add(placeOf(path));
      for (;;) {
        const chunk = Buffer.alloc(65_536);
        const length = readSync(file, chunk, 0, chunk.length, null);
        if (length === 0) break;
        total += length;
        if (total > most) break;
        chunks.push(chunk.subarray(0, length));
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new InputError('file', ascii(path) || "''", fileTrouble(error));
  }
  if (total > most) throw new InputError('limit', ascii(path), `longer than ${most} bytes`);
  return Buffer.concat(chunks);
}

/** Reads a text file up to `most` bytes. */
export function readInput(path: string, most: number): string {
  const bytes = readBytes(path, most);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InputError('json', ascii(path), 'is not UTF-8 text');
  }
}
