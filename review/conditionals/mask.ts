import type { PatchedLine } from '../diff/patch.ts';
import { PatchError } from '../patch-error.ts';

/** The same lines without what is not code: comments, the contents of strings, directives, each character a blank. */
export interface Masked {
  readonly lines: readonly string[];
  /** The directives of the preprocessor, by line; without comments. */
  readonly directives: ReadonlyMap<number, string>;
  /** The text begins, or ends, inside a comment: only a part of it is in the patch. */
  readonly beginsInComment: boolean;
  readonly endsInComment: boolean;
}

/** Masks the lines of a hunk, which may begin in the middle of a comment: then a comment ends that was not begun. */
export function mask(name: string, file: string, lines: readonly PatchedLine[]): Masked {
  return maskFrom(name, file, lines, false) ?? (maskFrom(name, file, lines, true) as Masked);
}

/** Null if a comment ends where none is open. */
function maskFrom(
  name: string,
  file: string,
  lines: readonly PatchedLine[],
  beginsInComment: boolean,
): Masked | null {
  const directives = new Map<number, string>();
  const masked: string[] = [];
  let inComment = beginsInComment;
  let inDirective = false;
  let openedAt: PatchedLine | null = null;
  for (const [row, line] of lines.entries()) {
    const { text } = line;
    let out = '';
    let i = 0;
    while (i < text.length) {
      const two = text.slice(i, i + 2);
      const quote = text[i] === '"' || text[i] === "'" ? text[i] : null;
      if (inComment) {
        const closes = two === '*/';
        inComment = !closes;
        out += closes ? '  ' : text[i] === '\t' ? '\t' : ' ';
        i += closes ? 2 : 1;
      } else if (two === '*/' && text[i + 2] !== '*' && !beginsInComment) return null;
      else if (two === '/*') {
        [inComment, openedAt] = [true, line];
        out += '  ';
        i += 2;
      } else if (two === '//') {
        out += ' '.repeat(text.length - i);
        i = text.length;
      } else if (quote !== null && !inDirective && !/^\s*#/.test(text)) {
        const end = literalEnd(text, i);
        if (end < 0) {
          const place = { name, mailLine: line.mailLine, file, fileLine: line.fileLine };
          const hint = 'the line was cut or wrapped: save the raw mail';
          throw new PatchError('brackets', place, 'a string that does not end on its line', hint);
        }
        out += '0'.repeat(end - i);
        i = end;
      } else out += text[i++];
    }
    if (inDirective || /^\s*#/.test(out)) {
      if (!inDirective) directives.set(row, out.trim());
      inDirective = text.endsWith('\\');
      out = ' '.repeat(out.length);
    }
    masked.push(out);
  }
  return { lines: masked, directives, beginsInComment, endsInComment: inComment && openedAt !== null };
}

/** The index behind a string or character literal that begins at `from`; -1 if it does not end. */
function literalEnd(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === text[from]) return i + 1;
  }
  return -1;
}
