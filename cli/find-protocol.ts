import { basename } from 'node:path';
import { ascii } from '../evidence/ascii.ts';
import { protocols } from '../model/variants/index.ts';
import type { Protocol } from '../model/variants/protocol.ts';
import { findingText } from '../review/lint/finding.ts';
import { readPatch } from '../review/read-patch.ts';
import { demandFunctions, type TextProtocol, textProtocol } from '../review/translate/text-protocol.ts';
import { findNamed } from './find-named.ts';
import { readBytes } from './read-input.ts';

/** A mail of a patch is far shorter, a file of the kernel too. */
const mostBytes = 16_000_000;

/** The text of a protocol: what was read of its files, so that another thread has the same. */
export interface ProtocolText {
  readonly argument: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Symbols of the kernel's configuration with another value than usual. */
  readonly symbols: Readonly<Record<string, number>>;
}

const loaded = new Map<string, Protocol>();

/** Whether the argument of --protocol names files, one or several with commas between them, and not a protocol. */
export const namesText = (argument: string): boolean => /[./,\\]/.test(argument);

/** A protocol by its name, or by the files that were loaded for it. */
export const findProtocol = (name: string, where = '--protocol'): Protocol =>
  loaded.get(name) ?? findNamed(name, protocols, 'protocol', where);

/** Reads the files of a protocol. */
export const readProtocolText = (
  argument: string,
  symbols: Readonly<Record<string, number>> = {},
): ProtocolText => ({
  argument,
  symbols,
  files: argument.split(',').map((name) => ({ name, bytes: readBytes(name, mostBytes) })),
});

/** Makes a protocol of texts and keeps it under its argument. Throws an InputError for a text that cannot be translated. */
export async function loadProtocol({ argument, files, symbols }: ProtocolText): Promise<TextProtocol> {
  const patches = await Promise.all(files.map(({ name, bytes }) => readPatch(ascii(basename(name)), bytes)));
  const text = await textProtocol(argument, patches, symbols);
  demandFunctions(text);
  loaded.set(argument, text.protocol);
  return text;
}

/**
 * A protocol by name, or from files, which are read and loaded. `notes` tells what to know of the texts; what the translation
 * finds is among it once the scenarios have been put together.
 */
export async function demandProtocol(
  argument: string,
  where: string,
  symbols: Readonly<Record<string, number>> = {},
): Promise<{
  readonly protocol: Protocol;
  readonly text: ProtocolText | null;
  readonly notes: () => readonly string[];
}> {
  if (!namesText(argument)) return { protocol: findProtocol(argument, where), text: null, notes: () => [] };
  const text = readProtocolText(argument, symbols);
  const { protocol, patches, findings } = await loadProtocol(text);
  const names = patches.map((patch) => patch.name).join(',');
  const notes = (): readonly string[] => [
    ...patches.flatMap((patch) => patch.notes.map((note) => `note: ${patch.name}: ${note}`)),
    ...findings().map((finding) => `warning: ${findingText(names, finding)}`),
  ];
  return { protocol, text, notes };
}
