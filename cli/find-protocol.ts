import { statSync } from 'node:fs';
import { InputError } from '../model/scenarios/input-error.ts';
import { quoted } from '../model/scenarios/quoted.ts';
import { protocols } from '../model/variants/index.ts';
import type { Protocol } from '../model/variants/protocol.ts';
import type { Patch } from '../review/diff/patch.ts';
import { findNamed } from './find-named.ts';
import { keptProtocol } from './kept-protocols.ts';
import type { ProtocolText } from './protocol-text.ts';

/** Whether the argument of --protocol names files, one or several with commas between them, and not a protocol. */
export const namesText = (argument: string): boolean => /[./,\\]/.test(argument);

/** A protocol by its name, or by the files that were loaded for it. */
export const findProtocol = (name: string, where = '--protocol'): Protocol =>
  keptProtocol(name) ?? findNamed(name, protocols, 'protocol', where);

/** A trace may come from anybody: what it names is only opened where it is a plain file, which neither waits nor has no end. */
export function demandPlainFiles(argument: string, where: string): void {
  if (!namesText(argument)) return;
  for (const path of argument.split(',')) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats && !stats.isFile()) throw new InputError('file', where, `${quoted(path)} is not a plain file`);
  }
}

/** A protocol with the text that it is made of, if it is not one of the listed. */
export interface Demanded {
  readonly protocol: Protocol;
  readonly text: ProtocolText | null;
  /** What to know of the text; what the translation finds is among it once the scenarios have been put together. */
  readonly notes: () => readonly string[];
  readonly patches: readonly Patch[];
}

/** A protocol by name, or from files, which are read and loaded. */
export async function demandProtocol(
  argument: string,
  where: string,
  symbols: Readonly<Record<string, number>> = {},
): Promise<Demanded> {
  if (!namesText(argument))
    return { protocol: findProtocol(argument, where), text: null, notes: () => [], patches: [] };
  // Who names a protocol does not wait for the translator to be read.
  const { demandText, readProtocolText } = await import('./protocol-text.ts');
  return demandText(readProtocolText(argument, symbols));
}
