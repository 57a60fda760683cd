import { statSync } from 'node:fs';
import { InputError } from '../model/scenarios/input-error.ts';
import { quoted } from '../model/scenarios/quoted.ts';
import { protocols } from '../model/variants/index.ts';
import type { Protocol } from '../model/variants/protocol.ts';
import type { Patch } from '../review/diff/patch.ts';
import { findingText } from '../review/lint/finding.ts';
import { demandFunctions, type TextProtocol, textProtocol } from '../review/translate/text-protocol.ts';
import { findNamed } from './find-named.ts';
import { type PatchFile, patchOf, readPatchFile } from './patch-file.ts';

/** The text of a protocol: what was read of its files, so that another thread has the same. */
export interface ProtocolText {
  readonly argument: string;
  readonly files: readonly PatchFile[];
  /** Symbols of the kernel's configuration with another value than usual. */
  readonly symbols: Readonly<Record<string, number>>;
}

const loaded = new Map<string, Protocol>();

/** Whether the argument of --protocol names files, one or several with commas between them, and not a protocol. */
export const namesText = (argument: string): boolean => /[./,\\]/.test(argument);

/** A protocol by its name, or by the files that were loaded for it. */
export const findProtocol = (name: string, where = '--protocol'): Protocol =>
  loaded.get(name) ?? findNamed(name, protocols, 'protocol', where);

/** A trace may come from anybody: what it names is only opened where it is a plain file, which neither waits nor has no end. */
export function demandPlainFiles(argument: string, where: string): void {
  if (!namesText(argument)) return;
  for (const path of argument.split(',')) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats && !stats.isFile()) throw new InputError('file', where, `${quoted(path)} is not a plain file`);
  }
}

/** Reads the files of a protocol. */
export const readProtocolText = (
  argument: string,
  symbols: Readonly<Record<string, number>> = {},
): ProtocolText => ({
  argument,
  symbols,
  files: argument.split(',').map(readPatchFile),
});

/** Makes a protocol of texts and keeps it under its argument. Throws an InputError for a text that cannot be translated. */
export async function loadProtocol({ argument, files, symbols }: ProtocolText): Promise<TextProtocol> {
  const patches = await Promise.all(files.map(patchOf));
  const text = await textProtocol(argument, patches, symbols);
  demandFunctions(text);
  loaded.set(argument, text.protocol);
  return text;
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
  return demandText(readProtocolText(argument, symbols));
}

/** The protocol of a text. */
export async function demandText(text: ProtocolText): Promise<Demanded> {
  const { protocol, patches, findings, byHand } = await loadProtocol(text);
  const names = patches.map((patch) => patch.name).join(',');
  const notes = (): readonly string[] => [
    ...patches.flatMap((patch) => patch.notes.map((note) => `note: ${patch.name}: ${note}`)),
    ...byHand.map((name) => `note: ${name}() of the text is not translated: it runs as the model has it`),
    ...findings().map((finding) => `warning: ${findingText(names, finding)}`),
  ];
  return { protocol, text, notes, patches };
}
