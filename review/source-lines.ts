import type { Patch } from './diff/patch.ts';

/** A line of a patched file, and where it stands in the mail. */
export interface SourceLine {
  readonly text: string;
  readonly mailLine: number;
  readonly added: boolean;
}

/** What a patch shows of the files that it leaves behind: by the name of the file, then by the line in it. */
export function sourceLines(patch: Patch): ReadonlyMap<string, ReadonlyMap<number, SourceLine>> {
  return new Map(
    patch.files.map(({ path, hunks }) => [
      path,
      new Map(
        hunks.flatMap((hunk) =>
          hunk.lines.map(
            ({ fileLine, text, mailLine, added }) => [fileLine, { text, mailLine, added }] as const,
          ),
        ),
      ),
    ]),
  );
}
