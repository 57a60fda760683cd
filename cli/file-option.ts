import { ascii } from '../evidence/ascii.ts';
import { tryFolder, tryWriting, writeWhole } from '../evidence/write.ts';
import { InputError } from '../model/scenarios/input-error.ts';
import { fileTrouble } from './read-input.ts';

/** Refuses a file that could not be written later on, in the words of the option that named it. */
export const demandFile = (option: string, path: string): void =>
  attempt(option, path, () => tryWriting(path));

/** Makes a folder, or refuses it. */
export const demandFolder = (option: string, path: string): void =>
  attempt(option, path, () => tryFolder(path));

/** Writes a file that an option named. */
export const writeNamed = (option: string, path: string, text: string): void =>
  attempt(option, path, () => writeWhole(path, text));

function attempt(option: string, path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    const name = path === '' ? "''" : ascii(path);
    throw new InputError('file', `${option} ${name}`, `cannot be written: ${fileTrouble(error)}`);
  }
}
