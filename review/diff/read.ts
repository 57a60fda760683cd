import type { MailBody } from '../mail/body.ts';
import { PatchError } from '../patch-error.ts';
import { Cursor } from './cursor.ts';
import { checkDiffstat, findDiffstat } from './diffstat.ts';
import { atFileHeader, readFileHeader } from './file-header.ts';
import { atHunk, readHunk } from './hunk.ts';
import type { FilePatch, Hunk, Patch, Whitespace } from './patch.ts';
import { whitespaceOf } from './whitespace.ts';

const isFooter = (text: string): boolean => text === '-- ' || text === '--';
const ofDiff = /^(?:diff --git |@@ -\d|\+\+\+ \S|--- [^-\s])/;

/**
 * Reads the diff in a mail. The counts in the headers of the hunks are the authority, the diffstat the second net; between and
 * after the hunks only what belongs there is let through.
 */
export function readDiff(name: string, body: MailBody): Patch {
  const c = new Cursor(name, body.lines, body.endsWithNewline, 0);
  while (!c.ended && !atFileHeader(c) && !atHunk(c)) c.at++;
  if (c.ended) {
    const hint =
      'give a mail with a patch, the output of git format-patch or git diff, or a C file named *.c or *.h';
    throw new PatchError('no-patch', { name }, 'there is no diff in it', hint);
  }
  if (!atFileHeader(c)) {
    c.fail('file-header', 'a hunk of no file', 'the lines that name the file are lost');
  }
  const stat = findDiffstat(body.lines.slice(0, c.at));
  const whitespace = whitespaceOf(body.lines, c.at);
  const files: FilePatch[] = [];
  while (!c.ended && atFileHeader(c)) {
    const file = readFile(c, whitespace);
    if (files.some(({ path }) => path === file.path)) {
      const hint = 'give one patch; two patches of a series are two files';
      throw new PatchError(
        'same-file-twice',
        { name, mailLine: file.mailLine, file: file.path },
        'the file is patched twice',
        hint,
      );
    }
    files.push(file);
  }
  readRest(c, whitespace);
  if (stat) checkDiffstat(name, stat, files);
  const notes = [...body.notes, ...notesOn(whitespace)];
  if (!stat)
    notes.push('there is no diffstat: a text that was cut between two hunks or files would not be noticed');
  return { name, subject: body.subject, kind: 'patch', whitespace, files, notes };
}

const notesOn = (whitespace: Whitespace): string[] => {
  if (whitespace === 'stripped')
    return ['the text is not byte-exact: blanks at the beginning of its lines are lost'];
  return whitespace === 'trimmed'
    ? ['the text is not byte-exact: blanks at the ends of its lines are lost']
    : [];
};

function readFile(c: Cursor, whitespace: Whitespace): FilePatch {
  const header = readFileHeader(c);
  const hunks: Hunk[] = [];
  let shift = 0;
  let lastOld = 0;
  while (atHunk(c)) {
    const hunk = readHunk(c, header, whitespace, shift);
    if (hunk.oldStart < lastOld) {
      const place = { mailLine: hunk.mailLine, file: header.path, fileLine: hunk.newStart };
      c.fail(
        'hunk-position',
        'the hunk overlaps the one before it',
        'make the patch again with git diff',
        place,
      );
    }
    refuseBlankAtEnd(c, hunk, whitespace);
    const context = hunk.lines.filter((line) => !line.added).length;
    lastOld = hunk.oldStart + context + hunk.removed.length;
    shift = hunk.newStart - hunk.oldStart + hunk.lines.length - context - hunk.removed.length;
    hunks.push(hunk);
  }
  if (hunks.length === 0 && !header.mayBeBare) {
    c.fail('no-hunk', "a hunk ('@@ -') was expected here", 'a line of the diff is lost or changed', {
      file: header.path,
    });
  }
  const { path, mailLine, deleted } = header;
  return { path, mailLine, deleted, hunks };
}

/** Where blanks at the ends of lines are lost, a last line of context that is empty cannot be told from the end of the mail. */
function refuseBlankAtEnd(c: Cursor, hunk: Hunk, whitespace: Whitespace): void {
  if (whitespace === 'exact') return;
  const next = c.peek();
  const goesOn = next !== null && ofDiff.test(next);
  if (!goesOn && (hunk.lines.at(-1)?.text === '' || next === '')) {
    const what = 'the last hunk ends at an empty line, which may be of the patch or not';
    c.fail('ambiguous-blank', what, 'blanks are lost in this copy: give the raw mail');
  }
}

/** What follows the last hunk: nothing, empty lines, or a signature and what a mailing list puts below it. */
function readRest(c: Cursor, whitespace: Whitespace): void {
  if (c.ended) return;
  const first = c.at;
  if (c.peek() === '' && whitespace === 'exact') while (c.peek() === '') c.at++;
  if (c.ended) return;
  if (!isFooter(c.peek() as string)) {
    const what = 'a line that belongs to no hunk stands here';
    const hint = 'the hunk before it has fewer lines by its header: a line was added or wrapped on the way';
    c.fail(c.at > first ? 'hunk-line' : 'hunk-long', what, hint);
  }
  for (; !c.ended; c.at++) {
    if (ofDiff.test(c.peek() as string)) {
      c.fail(
        'two-mails',
        'a second diff begins here, after the signature',
        'give one mail; two are two files',
      );
    }
  }
}
