import type { Cursor } from './cursor.ts';
import type { FileHeader } from './file-header.ts';
import type { Hunk, PatchedLine, RemovedLine, Whitespace } from './patch.ts';

const header = /^@@ -(\d{1,7})(?:,(\d{1,7}))? \+(\d{1,7})(?:,(\d{1,7}))? @@(?: (.*))?$/;
const lost = 'a line was lost, added or wrapped on the way; save the raw mail';

export const atHunk = (c: Cursor): boolean => c.peek()?.startsWith('@@') ?? false;

/**
 * Reads one hunk: its header says how many lines of the old and of the new file follow, and exactly as many are read. What comes
 * then must be a header, a footer, an empty line or the end (see diff/read.ts).
 */
export function readHunk(c: Cursor, file: FileHeader, whitespace: Whitespace, shift: number): Hunk {
  const head = readHeader(c, file, shift);
  const lines: PatchedLine[] = [];
  const removed: RemovedLine[] = [];
  let { oldCount, newCount } = head;
  let oldLine = head.oldStart;
  let fileLine = head.newStart;
  while (oldCount > 0 || newCount > 0) {
    const place = { file: file.path, fileLine };
    if (c.ended) {
      const what = `the text ends though ${oldCount} old and ${newCount} new lines of the hunk are missing`;
      c.fail('hunk-short', what, lost, place);
    }
    const raw = c.peek() as string;
    const mailLine = c.number;
    const sign = signOf(c, raw, whitespace, place);
    if ((sign !== '+' && oldCount === 0) || (sign !== '-' && newCount === 0)) {
      const what = `the hunk has more ${oldCount === 0 ? 'old' : 'new'} lines than its header says`;
      c.fail('hunk-long', what, lost, place);
    }
    const text = sign === ' ' && (whitespace === 'stripped' || raw === '') ? raw : raw.slice(1);
    if (sign === '-') removed.push({ text, mailLine, oldLine });
    else lines.push({ text, mailLine, fileLine, added: sign === '+' });
    if (sign !== '+') [oldCount, oldLine] = [oldCount - 1, oldLine + 1];
    if (sign !== '-') [newCount, fileLine] = [newCount - 1, fileLine + 1];
    c.at++;
    if (c.peek()?.startsWith('\\ No newline at end of file')) c.at++;
  }
  if (c.ended && !c.endsWithNewline) {
    c.at--;
    c.fail('hunk-short', 'the text ends in the middle of this line', 'save the raw mail', {
      file: file.path,
      fileLine: fileLine - 1,
    });
  }
  const { mailLine, oldStart, newStart, section } = head;
  return { mailLine, oldStart, newStart, section, lines, removed };
}

interface Head {
  readonly mailLine: number;
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  readonly section: string;
}

/** The header; `shift` is by how many lines the hunks before have moved what follows them. */
function readHeader(c: Cursor, { path }: FileHeader, shift: number): Head {
  const found = header.exec(c.peek() ?? '');
  if (!found) {
    const hint = "it should read '@@ -OLD,COUNT +NEW,COUNT @@'";
    c.fail('hunk-header', 'the header of a hunk cannot be read', hint, { file: path });
  }
  const number = (text: string | undefined): number => (text === undefined ? 1 : Number(text));
  const [, a, b, x, y, section] = found as RegExpExecArray;
  const [oldCount, newCount] = [number(b), number(y)];
  // A count of 0 names the line before.
  const oldStart = number(a) + Number(oldCount === 0);
  const newStart = number(x) + Number(newCount === 0);
  if (newStart - oldStart !== shift) {
    const what = `the hunk begins at new line ${newStart}; the hunks before it make that ${oldStart + shift}`;
    const hint = 'a hunk is missing, or the header was changed by hand: make the patch again with git diff';
    c.fail('hunk-position', what, hint, { file: path, fileLine: newStart });
  }
  if (oldCount + newCount === 0) {
    c.fail('hunk-header', 'the hunk has no lines', 'make the patch again with git diff', { file: path });
  }
  const mailLine = c.number;
  c.at++;
  return { mailLine, oldStart, oldCount, newStart, newCount, section: section ?? '' };
}

type Sign = ' ' | '+' | '-';

function signOf(
  c: Cursor,
  text: string,
  whitespace: Whitespace,
  place: { readonly file: string; readonly fileLine: number },
): Sign {
  if (text === '-- ' || (text === '--' && whitespace !== 'exact')) {
    c.fail('hunk-short', 'the signature of the mail stands where the hunk still lacks lines', lost, place);
  }
  if (/^(?:diff --git |@@ -\d)/.test(text)) {
    c.fail('hunk-short', 'the next header stands where the hunk still lacks lines', lost, place);
  }
  const first = text[0];
  if (first === '+' || first === '-') return first;
  if (whitespace === 'stripped') return ' ';
  if (first === ' ' || (text === '' && whitespace === 'trimmed')) return ' ';
  if (text === '') {
    c.fail('hunk-line', 'an empty line inside a hunk; an empty line of context has one blank', lost, place);
  }
  c.fail('hunk-line', 'this line of a hunk begins with none of blank, + and -', lost, place);
}
