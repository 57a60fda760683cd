import { describe, expect, it } from 'vitest';
import { digestOf } from '../../review/claims/digest.ts';
import { claims, irrelevant } from '../../review/claims/index.ts';
import { type Comment, commentsOf } from '../../review/comments/comments-of.ts';
import { readPatch } from '../../review/read-patch.ts';
import { mailNamed, mails, whyMails } from './reading.ts';

const read = async (name: string, text: string): Promise<readonly Comment[]> =>
  commentsOf(await readPatch(name, new TextEncoder().encode(text)));
const told = (comments: readonly Comment[]): string[] =>
  comments.map(({ file, text, lines }) => `${file}:${lines.map((l) => l.fileLine).join()} ${text}`);

const code = `int a; /* first */ char *s = "/* none */"; // second
/* third
 * goes on */ int b; /* fourth */
char c = '"'; /* fifth */
`;

describe('the comments of a C file', () => {
  it('are those outside of strings, each alone', async () => {
    expect(told(await read('a.c', code))).toEqual([
      'a.c:1 /* first */',
      'a.c:1 // second',
      'a.c:2,3 /* third\n * goes on */',
      'a.c:3 /* fourth */',
      'a.c:4 /* fifth */',
    ]);
  });
});

const diff = (lines: readonly string[]): string => {
  const after = lines.filter((l) => !l.startsWith('-')).length;
  const before = lines.filter((l) => !l.startsWith('+')).length;
  return `diff --git a/a.c b/a.c
index 1111111aaaaa..2222222bbbbb 100644
--- a/a.c
+++ b/a.c
@@ -10,${before} +10,${after} @@
${lines.join('\n')}
`;
};

describe('the comments of a patch', () => {
  it('are those with an added line, whole ones only', async () => {
    const patch = diff([
      '  * the end of one */',
      '+int a; /* new */',
      ' /* old */',
      ' /* changed',
      '+ * here */',
      '-/* gone */',
      ' /* begins, and',
    ]);
    expect(told(await read('a.mbox', patch))).toEqual([
      'a.c:11 /* new */',
      'a.c:13,14 /* changed\n * here */',
    ]);
  });
});

describe.skipIf(mails.length === 0)(`the comments of version 5${whyMails}`, () => {
  const files = ['cow-pte-v5-04.txt', 'v5-04-break.mbox'];
  it.each(files)('%s: each is claimed or irrelevant, where the claims say', async (file) => {
    const comments = commentsOf(await readPatch(file, mailNamed(file)));
    const places = comments.map(({ file: name, text, lines }) => [
      digestOf(text),
      `${name}:${lines[0]!.fileLine}`,
    ]);
    const known = claims.map((c) => [c.comment, c.at]);
    const nothing = new Set(irrelevant.map((i) => i.comment));
    const claimed = places.filter(([digest]) => !nothing.has(digest!));
    expect(new Set(known.map(String))).toEqual(new Set(claimed.map(String)));
    expect(places.length - claimed.length).toBe(irrelevant.length);
  });
});
