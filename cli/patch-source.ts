import type { SourceLines } from '../evidence/report/sources.ts';
import type { Patch } from '../review/diff/patch.ts';
import { sourceLines } from '../review/source-lines.ts';

/**
 * The lines that the patches show. A line has a number in the file as one part of a series leaves it: the next part moves it, so a
 * step is given lines of its own part only; one of a text that was translated, those of the text. Null without a patch.
 */
export function patchSource(
  patches: readonly Patch[],
  protocol: string,
  translated: readonly Patch[],
): SourceLines | null {
  if (patches.length + translated.length === 0) return null;
  // The steps of a text that was translated are in the lines of its own file.
  const parts = new Map([
    ...patches.map((patch) => [partOf(patch, protocol), sourceLines(patch)] as const),
    ...translated.map((patch) => [patch.name, sourceLines(patch)] as const),
  ]);
  return ({ source, file, line }) => parts.get(source)?.get(file)?.get(line)?.text ?? null;
}

/** Such as `v5-04`, from the subject; a text without one is taken for the patch of which the protocol is made. */
function partOf({ subject }: Patch, protocol: string): string {
  const numbers = /\bv(?<version>\d+) +0*(?<part>\d+)\/\d+/.exec(subject ?? '')?.groups;
  if (!numbers) return protocol === 'v4' ? 'v4-03' : 'v5-04';
  return `v${numbers['version']}-${numbers['part']!.padStart(2, '0')}`;
}
