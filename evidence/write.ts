import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Where a file is made before it gets its name. In the same folder: a rename across file systems is a copy. */
const temporary = (path: string): string =>
  join(dirname(path), `.${basename(path).slice(0, 100)}.${process.pid}.part`);

/** Writes a file so that nobody ever sees half of it: under another name first, then renamed. */
export function writeWhole(path: string, text: string): void {
  const part = temporary(path);
  try {
    writeFileSync(part, text);
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** Throws the system's error if a file of this name could not be written later on; leaves nothing behind. */
export function tryWriting(path: string): void {
  const part = temporary(path);
  try {
    writeFileSync(part, '');
  } finally {
    rmSync(part, { force: true });
  }
}

/** Makes a folder with all its parents and throws the system's error if files cannot be written into it. */
export function tryFolder(path: string): void {
  mkdirSync(path, { recursive: true });
  tryWriting(join(path, 'trace'));
}
