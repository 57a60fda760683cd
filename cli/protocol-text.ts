import { findingText } from '../review/lint/finding.ts';
import { demandFunctions, type TextProtocol, textProtocol } from '../review/translate/text-protocol.ts';
import type { Demanded } from './find-protocol.ts';
import { keepProtocol } from './kept-protocols.ts';
import { type PatchFile, patchOf, readPatchFile } from './patch-file.ts';

/** The text of a protocol: what was read of its files, so that another thread has the same. */
export interface ProtocolText {
  readonly argument: string;
  readonly files: readonly PatchFile[];
  /** Symbols of the kernel's configuration with another value than usual. */
  readonly symbols: Readonly<Record<string, number>>;
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
  keepProtocol(argument, text.protocol);
  return text;
}

/** The protocol of a text. */
export async function demandText(text: ProtocolText): Promise<Demanded> {
  const { protocol, patches, findings, byHand, kept } = await loadProtocol(text);
  const names = patches.map((patch) => patch.name).join(',');
  const notes = (): readonly string[] => [
    ...patches.flatMap((patch) => patch.notes.map((note) => `note: ${patch.name}: ${note}`)),
    ...byHand.map((name) => `note: ${name}() of the text is not translated: it runs as the model has it`),
    ...kept.map(
      (name) => `note: what the text takes away from ${name}() stays in it: the model has the rest of it`,
    ),
    ...findings().map((finding) => `warning: ${findingText(names, finding)}`),
  ];
  return { protocol, text, notes, patches };
}
