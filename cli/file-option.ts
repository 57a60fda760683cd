import { ascii } from '../evidence/ascii.ts';
import { tryFolder, tryWriting, writeWhole } from '../evidence/write.ts';
import { writeStream } from '../evidence/write-stream.ts';
import { InputError } from '../model/scenarios/input-error.ts';
import { fileTrouble, wasRead } from './read-input.ts';

/** Refuses a file that could not be written later on, in the words of the option that named it. */
export function demandFile(option: string, path: string): void {
  attempt(option, path, () => tryWriting(path));
  refuseInput(option, path);
}

/** A file that was read, and that a slip of the hand would replace. */
function refuseInput(option: string, path: string): void {
  if (!wasRead(path)) return;
  const what = 'would replace a file that this command reads';
  throw new InputError('file', `${option} ${ascii(path)}`, what, 'give it another name');
}

/** Makes a folder, or refuses it. */
export const demandFolder = (option: string, path: string): void =>
  attempt(option, path, () => tryFolder(path));

/** Writes a file that an option named. */
export function writeNamed(option: string, path: string, text: string): void {
  refuseInput(option, path);
  attempt(option, path, () => writeWhole(path, text));
}

/** Writes a file that an option named, of any length, as it is made; standard output for null. */
export async function writeStreamed(
  option: string,
  path: string | null,
  texts: Iterable<string>,
  stopped: () => boolean,
): Promise<void> {
  try {
    await writeStream(path, texts, stopped);
  } catch (error) {
    if (path !== null && error instanceof Error && 'syscall' in error) throw unwritable(option, path, error);
    throw error;
  }
}

function attempt(option: string, path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw unwritable(option, path, error);
  }
}

function unwritable(option: string, path: string, error: unknown): InputError {
  const name = path === '' ? "''" : ascii(path);
  return new InputError('file', `${option} ${name}`, `cannot be written: ${fileTrouble(error)}`);
}
