import type { Patch, PatchedLine } from '../diff/patch.ts';

/** A comment that the patch adds or changes. */
export interface Comment {
  readonly file: string;
  /** With its delimiters; what stands beside it on its lines is left out. */
  readonly text: string;
  /** The lines that it stands on. */
  readonly lines: readonly PatchedLine[];
}

/**
 * The comments of which a patch adds at least one line, in the order of the mail, whatever conditionals they stand under. One
 * that begins or ends outside of its hunk is left out: nobody can say what it says.
 */
export function commentsOf(patch: Patch): readonly Comment[] {
  return patch.files
    .filter(({ path, deleted }) => /\.[ch]$/.test(path) && !deleted)
    .flatMap(({ path, hunks }) => hunks.flatMap(({ lines }) => inLines(path, lines)))
    .filter(({ lines }) => patch.kind === 'source' || lines.some((line) => line.added));
}

/** A character outside of comments: a literal, a comment or anything else. */
const token = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\/.*|\/\*|\*\//g;

function inLines(file: string, lines: readonly PatchedLine[]): Comment[] {
  const comments: Comment[] = [];
  let begun: { text: string[]; lines: PatchedLine[] } | null = null;
  for (const line of lines) {
    let from = 0;
    if (begun) {
      const end = line.text.indexOf('*/');
      begun.lines.push(line);
      begun.text.push(end < 0 ? line.text : line.text.slice(0, end + 2));
      if (end < 0) continue;
      comments.push({ file, text: begun.text.join('\n'), lines: begun.lines });
      begun = null;
      from = end + 2;
    }
    token.lastIndex = from;
    for (let found = token.exec(line.text); found; found = token.exec(line.text)) {
      const [text] = found;
      if (text.startsWith('//')) comments.push({ file, text, lines: [line] });
      // The end of a comment that began before the hunk: nothing up to here was code.
      if (text === '*/') comments.length = 0;
      if (text !== '/*') continue;
      const end = line.text.indexOf('*/', found.index + 2);
      if (end < 0) {
        begun = { text: [line.text.slice(found.index)], lines: [line] };
        break;
      }
      comments.push({ file, text: line.text.slice(found.index, end + 2), lines: [line] });
      token.lastIndex = end + 2;
    }
  }
  return comments;
}
