import type { Patch } from './diff/patch.ts';
import { readDiff } from './diff/read.ts';
import { readMail } from './mail/body.ts';
import { refuseDamage } from './mail/refuse.ts';
import { textOf } from './mail/text.ts';

const isSource = (name: string): boolean => /\.[ch]$/.test(name);
const holdsDiff = /^(?:diff --git |@@ -\d)/;

/**
 * Reads what somebody gave as a patch: a mail, a web archive's copy of one, the output of git, or a whole C file (by its name).
 * Throws a PatchError with the line of the mail and of the patched file for everything that is damaged or that it does not know.
 */
export async function readPatch(name: string, bytes: Uint8Array): Promise<Patch> {
  if (isSource(name)) {
    const { lines } = textOf(name, bytes);
    if (!lines.some(({ text }) => holdsDiff.test(text))) return sourceFile(name, lines);
  }
  return readDiff(name, await readMail(name, bytes));
}

function sourceFile(
  name: string,
  lines: readonly { readonly text: string; readonly number: number }[],
): Patch {
  refuseDamage(name, 'text/plain', lines);
  const hunk = {
    mailLine: 1,
    oldStart: 1,
    newStart: 1,
    section: '',
    lines: lines.map(({ text, number }) => ({ text, mailLine: number, fileLine: number, added: false })),
    removed: [],
  };
  const file = { path: name, mailLine: 1, deleted: false, hunks: [hunk] };
  return { name, subject: null, kind: 'source', whitespace: 'exact', files: [file], notes: [] };
}
