import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Where a file is made before it gets its name. In the same folder: a rename across file systems is a copy. */
export const temporary = (path: string): string =>
  join(dirname(path), `.${basename(path).slice(0, 100)}.${process.pid}.part`);

/** What a name leads to, links followed; null for a name that is free. */
export function target(path: string): { readonly path: string; readonly stats: Stats } | null {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return null;
  if (!found.isSymbolicLink()) return { path, stats: found };
  const real = realpathSync(path);
  return { path: real, stats: lstatSync(real) };
}

/**
 * Writes a file so that nobody ever sees half of it: under another name first, then renamed; what a link leads to is replaced, the
 * link stays. A device or a pipe is written to, never replaced. Throws the system's error.
 */
export function writeWhole(path: string, text: string): void {
  const there = target(path);
  if (there && !there.stats.isFile()) {
    writeFileSync(there.path, text);
    return;
  }
  const name = there?.path ?? path;
  const part = temporary(name);
  try {
    writeFileSync(part, text);
    if (there) chmodSync(part, there.stats.mode);
    renameSync(part, name);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** As the system would say it of a name at which no file can be made. */
const refused = (code: string): Error => Object.assign(new Error(code), { code });

/** Throws the system's error if a file of this name could not be written later on; leaves nothing behind. */
export function tryWriting(path: string): void {
  if (path === '') throw refused('ERR_INVALID_ARG_VALUE');
  const there = target(path);
  if (path.endsWith('/') || there?.stats.isDirectory()) throw refused('EISDIR');
  if (there && !there.stats.isFile()) return;
  const part = temporary(there?.path ?? path);
  try {
    writeFileSync(part, '');
  } finally {
    rmSync(part, { force: true });
  }
}

/** Makes a folder with all its parents and throws the system's error if files cannot be written into it. */
export function tryFolder(path: string): void {
  if (path === '') throw refused('ERR_INVALID_ARG_VALUE');
  makeFolder(resolve(path));
  tryWriting(join(path, 'trace'));
}

/** One level after the other: mkdir of Node with `recursive` never returns below /proc, which answers ENOENT whatever is there. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else made it meanwhile; a link to nowhere is no folder.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !existsSync(path)) throw error;
  }
}
