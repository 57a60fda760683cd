import { quoted } from '../../model/scenarios/quoted.ts';
import type { TextLine } from '../mail/text.ts';
import { PatchError } from '../patch-error.ts';
import type { FilePatch } from './patch.ts';

interface Row {
  readonly path: string;
  /** Added and removed lines; null for a binary file. */
  readonly changes: number | null;
  readonly mailLine: number;
}

/** What the author's tool counted: the second net under the headers of the hunks. */
export interface Diffstat {
  readonly rows: readonly Row[];
  readonly summary: Summary | null;
}

interface Summary {
  readonly files: number;
  readonly insertions: number;
  readonly deletions: number;
  readonly mailLine: number;
}

const rowForm = /^ ?(\S.*?)\s+\|\s+(?:(\d+)(?:\s+[+-]+)?|Bin\b.*)\s*$/;
const summaryForm = /^ ?(\d+) files? changed(?:, (\d+) insertions?\(\+\))?(?:, (\d+) deletions?\(-\))?\s*$/;

/** Finds the diffstat in the lines before the diff; null if there is none. */
export function findDiffstat(lines: readonly TextLine[]): Diffstat | null {
  const at = lines.findLastIndex(({ text }) => summaryForm.test(text));
  const rule = lines.findLastIndex(({ text }) => text === '---');
  const rows: Row[] = [];
  if (at >= 0) for (let i = at - 1; i >= 0 && rowOf(lines[i]!); i--) rows.unshift(rowOf(lines[i]!) as Row);
  else
    for (let i = rule + 1; rule >= 0 && i < lines.length && rowOf(lines[i]!); i++)
      rows.push(rowOf(lines[i]!) as Row);
  const summary = at >= 0 ? summaryOf(lines[at]!) : null;
  return rows.length === 0 && summary === null ? null : { rows, summary };
}

function rowOf({ text, number }: TextLine): Row | null {
  const found = rowForm.exec(text);
  if (!found) return null;
  const changes = found[2] === undefined ? null : Number(found[2]);
  return { path: newName(found[1]!), changes, mailLine: number };
}

/** The new name of a renamed file: `mm/{a.c => b.c}`. */
const newName = (path: string): string =>
  path
    .replace(/\{.*? => (.*?)\}/, '$1')
    .replace(/^.* => /, '')
    .replace('//', '/');

function summaryOf({ text, number }: TextLine): Summary {
  const [, files, insertions, deletions] = summaryForm.exec(text) as RegExpExecArray;
  return {
    files: Number(files),
    insertions: Number(insertions ?? 0),
    deletions: Number(deletions ?? 0),
    mailLine: number,
  };
}

const added = (file: FilePatch): number =>
  file.hunks.reduce((n, hunk) => n + hunk.lines.filter((line) => line.added).length, 0);
const removed = (file: FilePatch): number => file.hunks.reduce((n, hunk) => n + hunk.removed.length, 0);
const total = (files: readonly FilePatch[], of: (file: FilePatch) => number): number =>
  files.reduce((n, file) => n + of(file), 0);

/** Compares the diff with what its diffstat says; throws a PatchError for the first difference. */
export function checkDiffstat(name: string, { rows, summary }: Diffstat, files: readonly FilePatch[]): void {
  const hint = 'the mail is incomplete or was edited: save the raw mail, or make the patch again';
  const differs = (mailLine: number, what: string): PatchError =>
    new PatchError('diffstat', { name, mailLine }, what, hint);
  // A long name is cut at its beginning.
  const isNamed = (row: Row, file: FilePatch): boolean =>
    row.path.startsWith('...') ? file.path.endsWith(row.path.slice(3)) : row.path === file.path;
  for (const row of rows) {
    const file = files.find((f) => isNamed(row, f));
    if (!file)
      throw differs(row.mailLine, `the diffstat names ${quoted(row.path)}, which the diff does not have`);
    const found = added(file) + removed(file);
    if (row.changes !== null && row.changes !== found) {
      throw differs(row.mailLine, `the diffstat counts ${row.changes} changed lines, the diff has ${found}`);
    }
  }
  for (const file of files) {
    if (!rows.some((row) => isNamed(row, file)))
      throw differs(file.mailLine, `the diffstat does not name ${quoted(file.path)}`);
  }
  if (!summary) return;
  const counts = [
    ['files', summary.files, files.length],
    ['insertions', summary.insertions, total(files, added)],
    ['deletions', summary.deletions, total(files, removed)],
  ] as const;
  for (const [what, said, found] of counts) {
    if (said !== found)
      throw differs(summary.mailLine, `the diffstat counts ${said} ${what}, the diff has ${found}`);
  }
}
