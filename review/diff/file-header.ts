import type { Cursor } from './cursor.ts';

/** The head of a file's part of a diff. */
export interface FileHeader {
  readonly path: string;
  readonly mailLine: number;
  readonly deleted: boolean;
  /** Git says that something but the text changes (a new name, a mode), so that no hunk need follow. */
  readonly mayBeBare: boolean;
}

const nowhere = '/dev/null';
const gitLine = /^diff --git (\S+) (\S+)$/;
const extended =
  /^(?:index [0-9a-f]{4,64}\.\.[0-9a-f]{4,64}(?: [0-7]{6})?|(?:old|new|new file|deleted file) mode [0-7]{6}|(?:dis)?similarity index \d{1,3}%|(?:rename|copy) (?:from|to) \S+)$/;
const changesNoText = /^(?:old mode|new mode|rename|copy|new file|deleted file)/;

/** Whether a file's part of the diff begins at the cursor. */
export const atFileHeader = (c: Cursor): boolean =>
  (c.peek()?.startsWith('diff --git ') ?? false) ||
  ((c.peek()?.startsWith('--- ') ?? false) && (c.peek(1)?.startsWith('+++ ') ?? false));

/** Reads `diff --git`, git's further lines, `---` and `+++`. All names that are given must agree. */
export function readFileHeader(c: Cursor): FileHeader {
  const mailLine = c.number;
  const git = readGitLine(c);
  let mayBeBare = false;
  for (;;) {
    const text = c.peek() ?? '';
    if (/^(?:Binary files |GIT binary patch)/.test(text)) {
      c.fail('binary', 'a binary file', 'leave binary files out of the patch');
    }
    if (!extended.test(text)) break;
    mayBeBare ||= changesNoText.test(text);
    c.at++;
  }
  if (!c.peek()?.startsWith('--- ')) {
    if (git !== null && mayBeBare && (c.ended || c.peek()?.startsWith('diff --git '))) {
      return { path: checkedPath(c, git.to), mailLine, deleted: false, mayBeBare };
    }
    c.fail('file-header', "'--- a/FILE' was expected here", 'a line of the diff is lost or changed');
  }
  const from = nameOf(c, '--- ', 'a/', git?.prefixed ?? null);
  c.at++;
  if (!c.peek()?.startsWith('+++ ')) {
    c.fail('file-header', "'+++ b/FILE' was expected here", 'a line of the diff is lost or changed');
  }
  const to = nameOf(c, '+++ ', 'b/', git?.prefixed ?? null);
  const agrees = git === null || ((from ?? git.from) === git.from && (to ?? git.to) === git.to);
  if (
    !agrees ||
    (from === null && to === null) ||
    (git === null && from !== null && to !== null && from !== to)
  ) {
    c.fail(
      'file-header',
      'the lines that name the file do not agree',
      'a line of the diff is lost or changed',
    );
  }
  c.at++;
  return { path: checkedPath(c, (to ?? from) as string), mailLine, deleted: to === null, mayBeBare };
}

function readGitLine(c: Cursor): { from: string; to: string; prefixed: boolean } | null {
  const text = c.peek() ?? '';
  if (!text.startsWith('diff --git ')) return null;
  const found = gitLine.exec(text);
  if (!found) c.fail('file-header', 'this line does not name two files', 'it may have been wrapped');
  const [, from, to] = found as unknown as [string, string, string];
  c.at++;
  const prefixed = from.startsWith('a/') && to.startsWith('b/');
  return prefixed ? { from: from.slice(2), to: to.slice(2), prefixed } : { from, to, prefixed };
}

/** The name on a `---` or `+++` line; null for /dev/null. */
function nameOf(c: Cursor, mark: string, prefix: string, prefixed: boolean | null): string | null {
  const name = (c.peek() as string).slice(mark.length).replace(/\t.*$/, '');
  if (name === nowhere) return null;
  const has = name.startsWith(prefix);
  if (prefixed === true && !has) {
    c.fail(
      'file-header',
      `the name does not begin with '${prefix}'`,
      'a line of the diff is lost or changed',
    );
  }
  return has && prefixed !== false ? name.slice(prefix.length) : name;
}

function checkedPath(c: Cursor, path: string): string {
  const isBad =
    path === '' ||
    path.startsWith('/') ||
    /\s/.test(path) ||
    path.split('/').some((p) => p === '..' || p === '');
  if (isBad)
    c.fail(
      'path',
      'the name of the file is not a path inside the tree',
      'name it as git does: b/mm/memory.c',
    );
  return path;
}
