import { describe, expect, it } from 'vitest';
import { PatchError } from '../../review/patch-error.ts';
import { readPatch } from '../../review/read-patch.ts';
import { sourceLines } from '../../review/source-lines.ts';
import {
  archiveCopy,
  attachedMail,
  base64Mail,
  htmlMail,
  ownDiff,
  ownMail,
  ownSource,
  quotedPrintableMail,
  quotedReply,
} from './own-patch.ts';
import { mailNamed, mails, readingOf, whyMails, withoutBlanks } from './reading.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const patchOf = (text: string, name = 'pond.mbox') => readPatch(name, bytes(text));

async function errorOf(text: string | Uint8Array, name = 'pond.mbox'): Promise<PatchError> {
  try {
    await readPatch(name, typeof text === 'string' ? bytes(text) : text);
  } catch (error) {
    if (error instanceof PatchError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('the forms of a patch', () => {
  it('are one patch', async () => {
    const right = await readingOf(ownMail);
    expect(right.split('\n')).toHaveLength(57);
    for (const form of [
      ownDiff,
      base64Mail,
      quotedPrintableMail,
      attachedMail,
      ownMail.replace(/\n/g, '\r\n'),
    ]) {
      expect(await readingOf(form)).toBe(right);
    }
    expect(await readingOf(archiveCopy(ownMail))).not.toBe(right);
    expect(withoutBlanks(await readingOf(archiveCopy(ownMail)))).toBe(withoutBlanks(right));
    expect(await readingOf(bytes(`\ufeff${ownMail}`))).toBe(right);
  });

  it('say what is lost of them', async () => {
    expect(await patchOf(ownMail)).toMatchObject({
      whitespace: 'exact',
      notes: [],
      subject: '[PATCH] pond: count the frogs',
    });
    const copy = await patchOf(archiveCopy(ownMail));
    expect(copy.whitespace).toBe('stripped');
    expect(copy.notes).toEqual(['the text is not byte-exact: blanks at the beginning of its lines are lost']);
    const trimmed = await patchOf(ownMail.replace(/ +$/gm, ''));
    expect(trimmed.whitespace).toBe('trimmed');
    expect(trimmed.notes).toEqual(['the text is not byte-exact: blanks at the ends of its lines are lost']);
    expect(withoutBlanks(await readingOf(ownMail.replace(/ +$/gm, '')))).toBe(
      withoutBlanks(await readingOf(ownMail)),
    );
    expect((await patchOf(ownDiff)).notes).toEqual([
      'there is no diffstat: a text that was cut between two hunks or files would not be noticed',
    ]);
    expect((await patchOf(base64Mail)).notes[0]).toMatch(
      /^the body was encoded: line numbers count in the decoded text/,
    );
  });

  it('keep for each line its place in the mail and in the file', async () => {
    const at = ownMail.split('\n').indexOf('+\tif (drain_first(pond, level))') + 1;
    for (const text of [ownMail, attachedMail]) {
      const patch = await patchOf(text);
      const line = sourceLines(patch).get('lib/pond.c')?.get(13);
      expect(line?.text.trim()).toBe('if (drain_first(pond, level))');
      expect(line?.added).toBe(true);
      const mailLine = text.split('\n').indexOf('+\tif (drain_first(pond, level))') + 1;
      expect(line?.mailLine).toBe(mailLine);
    }
    expect(at).toBeGreaterThan(0);
    expect((await patchOf(ownMail)).files[1]?.hunks[0]?.removed).toEqual([
      { text: '\tint spare;', mailLine: ownMail.split('\n').indexOf('-\tint spare;') + 1, oldLine: 6 },
    ]);
  });

  it('can be a C file', async () => {
    const patch = await patchOf(ownSource, 'lib/rake.c');
    expect(patch.kind).toBe('source');
    expect(sourceLines(patch).get('lib/rake.c')?.get(3)).toEqual({
      text: '\treturn pond->level;',
      mailLine: 3,
      added: false,
    });
    expect((await patchOf(ownDiff, 'pond.c')).kind).toBe('patch');
  });
});

describe('what is no patch', () => {
  const hunk = 'diff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n';
  const cases: readonly (readonly [string, string | Uint8Array, string, RegExp])[] = [
    ['an empty file', '', 'empty', /^pond\.mbox: the file is empty; save the mail again$/],
    ['a NUL byte', ownMail.replace('frogs', 'fr\0gs'), 'nul', /^pond\.mbox:4: holds a NUL byte/],
    [
      'another encoding',
      new Uint8Array([65, 10, 66, 0xff, 10]),
      'encoding',
      /^pond\.mbox:2: is not UTF-8 text/,
    ],
    [
      'a control character',
      ownMail.replace('frogs', 'fr\x1bgs'),
      'control-character',
      /^pond\.mbox:4: control character 27 \(0x1b\)/,
    ],
    [
      'mixed line ends',
      ownMail.replace('frogs\n', 'frogs\r\n'),
      'line-ends',
      /^pond\.mbox:4: a carriage return/,
    ],
    [
      'no diff',
      'Dear gardener,\nwhere is it?\n',
      'no-patch',
      /^pond\.mbox: there is no diff in it; give a mail/,
    ],
    ['HTML', htmlMail, 'html', /^pond\.mbox: the mail is HTML/],
    ['a saved page', `<pre>\n${ownDiff}</pre>\n`, 'html', /^pond\.mbox:1: an HTML tag/],
    ['the source of a page', ownDiff.replace(/->/g, '-&gt;'), 'html', /an HTML character reference/],
    [
      'a quoted reply',
      quotedReply,
      'quoted-reply',
      /^pond\.mbox:\d+: the patch is quoted in a reply; give the mail that was answered$/,
    ],
    [
      'two mails',
      ownMail + ownMail,
      'two-mails',
      /^pond\.mbox:83: a second mail begins here; split the file with git mailsplit/,
    ],
    [
      'two copies',
      `${archiveCopy(ownMail)}\n${archiveCopy(ownMail)}`,
      'two-mails',
      /a second diff begins here, after the signature/,
    ],
    [
      'flowed text',
      ownMail.replace('\n\n', '\nContent-Type: text/plain; format=flowed\n\n'),
      'flowed',
      /format=flowed/,
    ],
    [
      'hidden quoted-printable',
      quotedPrintableMail.replace(/Content-Transfer.*\n/, ''),
      'quoted-printable',
      /which the header does not announce/,
    ],
    [
      'an unknown encoding',
      ownMail.replace('\n\n', '\nContent-Transfer-Encoding: x-uue\n\n'),
      'mime',
      /unknown Content-Transfer-Encoding 'x-uue'; known: 7bit/,
    ],
    [
      'a path out of the tree',
      ownDiff.replace(/lib\/pond/g, '../pond'),
      'path',
      /^pond\.mbox:5 .*|not a path inside the tree/,
    ],
    [
      'two names',
      ownDiff.replace('+++ b/lib/pond.c', '+++ b/lib/pind.c'),
      'file-header',
      /^pond\.mbox:4: the lines that name the file do not agree/,
    ],
    [
      'a hunk without a file',
      ownDiff.split('\n').slice(4).join('\n'),
      'file-header',
      /^pond\.mbox:1: a hunk of no file/,
    ],
    ['a file twice', ownDiff + ownDiff, 'same-file-twice', /\(lib\/pond\.c\): the file is patched twice/],
    [
      'a wrong number',
      ownDiff.replace('+42,30', '+43,30'),
      'hunk-position',
      /the hunk begins at new line 43; the hunks before it make that 42/,
    ],
    [
      'overlapping hunks',
      `${hunk}@@ -1,2 +1,2 @@\n a\n b\n@@ -2,1 +2,1 @@\n b\n`,
      'hunk-position',
      /overlaps/,
    ],
    ['an empty hunk', `${hunk}@@ -1,0 +1,0 @@\n`, 'hunk-header', /has no lines/],
    ['no hunk', `${hunk}and so on\n`, 'no-hunk', /^pond\.mbox:4 \(a\.c\): a hunk/],
    [
      'a binary file',
      'diff --git a/a.c b/a.c\nBinary files a/a.c and b/a.c differ\n',
      'binary',
      /a binary file/,
    ],
    [
      'another count',
      ownMail.replace('lib/reed.c |  3', 'lib/reed.c |  4'),
      'diffstat',
      /the diffstat counts 4 changed lines, the diff has 3/,
    ],
    [
      'another file',
      ownMail.replace('lib/reed.c |  3', 'lib/rood.c |  3'),
      'diffstat',
      /names 'lib\/rood\.c', which the diff does not have/,
    ],
    [
      'another sum',
      ownMail.replace('27 insertions', '28 insertions'),
      'diffstat',
      /counts 28 insertions, the diff has 27/,
    ],
  ];
  it.each(cases)('%s', async (_, text, reason, line) => {
    const error = await errorOf(text);
    expect(error.reason).toBe(reason);
    expect(error.line).toMatch(line);
    expect(error.code).toBe('patch');
    expect(error.hint).not.toBe('');
  });

  it('names the line of the mail and of the file', async () => {
    const lines = ownMail.split('\n');
    const at = lines.indexOf('+\t\tgoto out;');
    const error = await errorOf(lines.toSpliced(at, 1).join('\n'));
    expect(error.reason).toBe('hunk-short');
    expect(error.line).toBe(
      'pond.mbox:27 (lib/pond.c:17): the next header stands where the hunk still lacks lines; a line was lost, added or wrapped on the way; save the raw mail',
    );
  });
});

describe('forms that git makes', () => {
  it('reads new, deleted and renamed files, modes, and files without a last line end', async () => {
    const patch = await patchOf(
      [
        'diff --git a/new.c b/new.c',
        'new file mode 100644',
        'index 000000000000..aaaaaaaaaaaa',
        '--- /dev/null',
        '+++ b/new.c',
        '@@ -0,0 +1,2 @@',
        '+int a;',
        '+int b;',
        '\\ No newline at end of file',
        'diff --git a/old.c b/old.c',
        'deleted file mode 100644',
        'index aaaaaaaaaaaa..000000000000',
        '--- a/old.c',
        '+++ /dev/null',
        '@@ -1 +0,0 @@',
        '-int c;',
        'diff --git a/x.c b/y.c',
        'similarity index 100%',
        'rename from x.c',
        'rename to y.c',
        'diff --git a/z.sh b/z.sh',
        'old mode 100644',
        'new mode 100755',
        '',
      ].join('\n'),
    );
    expect(patch.files.map(({ path, deleted, hunks }) => [path, deleted, hunks.length])).toEqual([
      ['new.c', false, 1],
      ['old.c', true, 1],
      ['y.c', false, 0],
      ['z.sh', false, 0],
    ]);
    expect(patch.files[0]?.hunks[0]?.lines.map((line) => line.fileLine)).toEqual([1, 2]);
    expect(patch.files[1]?.hunks[0]?.removed[0]?.oldLine).toBe(1);
  });

  it('reads the output of diff -u and of git diff --no-prefix', async () => {
    const body = '@@ -1 +1 @@\n-a\n+b\n';
    for (const head of [
      '--- a/m.c\t2026-01-01 10:00:00\n+++ b/m.c\t2026-01-01 10:00:00\n',
      'diff --git m.c m.c\n--- m.c\n+++ m.c\n',
    ]) {
      expect((await patchOf(head + body)).files[0]?.path).toBe('m.c');
    }
  });
});

describe.skipIf(mails.length === 0)(`the mails of the series${whyMails}`, () => {
  it('the archive copy and the true mail are one text', async () => {
    const [copy, mail] = [mailNamed('cow-pte-v5-04.txt'), mailNamed('v5-04-break.mbox')];
    expect(withoutBlanks(await readingOf(copy))).toBe(withoutBlanks(await readingOf(mail)));
    expect((await readPatch('a', copy)).whitespace).toBe('stripped');
    expect((await readPatch('a', mail)).whitespace).toBe('exact');
  });
  it('mail line 252 is mm/memory.c:5344', async () => {
    for (const name of ['cow-pte-v5-04.txt', 'v5-04-break.mbox']) {
      const line = sourceLines(await readPatch(name, mailNamed(name)))
        .get('mm/memory.c')
        ?.get(5344);
      expect(line?.mailLine).toBe(252);
      expect(line?.text).toContain('pmd_put_pte');
    }
  });
});
