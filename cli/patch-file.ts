import { basename } from 'node:path';
import { ascii } from '../evidence/ascii.ts';
import type { Patch } from '../review/diff/patch.ts';
import { readBytes } from './read-input.ts';

/** A mail of a patch is far shorter, a file of the kernel too. */
const mostBytes = 16_000_000;

/** A file that somebody gave as a patch: read, but not yet understood. */
export interface PatchFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Throws an InputError for a file that cannot be read. */
export const readPatchFile = (path: string): PatchFile => ({ name: path, bytes: readBytes(path, mostBytes) });

/** Throws a PatchError for a text that is no patch. */
export async function patchOf({ name, bytes }: PatchFile): Promise<Patch> {
  const { readPatch } = await import('../review/read-patch.ts');
  return readPatch(ascii(basename(name)), bytes);
}
