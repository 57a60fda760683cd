import { describe, expect, it } from 'vitest';
import { archiveCopy, attachedMail, base64Mail, ownDiff, ownMail, quotedPrintableMail } from './own-patch.ts';
import { mailNamed, mails, readingOf, whyMails } from './reading.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The readings of damaged texts that are neither an error nor the right one. */
async function silent(right: string, damaged: Iterable<readonly [string, string]>): Promise<string[]> {
  const wrong: string[] = [];
  for (const [what, damage] of damaged) {
    const read = await readingOf(damage);
    if (read !== right && !read.startsWith('error ')) wrong.push(what);
  }
  return wrong;
}

function* deletions(mail: string): Generator<readonly [string, string]> {
  const lines = mail.split('\n');
  for (const [i, line] of lines.entries()) {
    yield [`line ${i + 1}: ${line}`, lines.filter((_, j) => j !== i).join('\n')];
  }
}

function* duplications(mail: string): Generator<readonly [string, string]> {
  const lines = mail.split('\n');
  for (const [i, line] of lines.entries())
    yield [`line ${i + 1}: ${line}`, lines.toSpliced(i, 0, line).join('\n')];
}

/** Each line broken at each of its blanks; the blank is kept by neither, the first or the second half. */
function* wraps(mail: string): Generator<readonly [string, string]> {
  const lines = mail.split('\n');
  for (const [i, line] of lines.entries()) {
    for (const { index } of line.matchAll(/ /g)) {
      for (const [end, begin] of [
        [index, index + 1],
        [index, index],
        [index + 1, index + 1],
      ] as const) {
        const halves = [line.slice(0, end), line.slice(begin)];
        yield [`line ${i + 1}, column ${index}: ${line}`, lines.toSpliced(i, 1, ...halves).join('\n')];
      }
    }
  }
}

function* cuts(mail: string, step = 1): Generator<readonly [string, string]> {
  for (let i = 0; i < mail.length; i += step) yield [`before character ${i}`, mail.slice(0, i)];
}

const own: readonly (readonly [string, string])[] = [
  ['a mail', ownMail],
  ['the copy of a web archive', archiveCopy(ownMail)],
  ['an attachment', attachedMail],
];

describe.each(own)('%s', (_, mail) => {
  it('is read otherwise by nobody who lost a line', async () => {
    expect(await silent(await readingOf(mail), deletions(mail))).toEqual([]);
  });
  it('is read otherwise by nobody who got a line twice', async () => {
    const right = await readingOf(mail);
    expect(await silent(right, duplications(mail))).toEqual([]);
  });
  it('is read otherwise by nobody who got a line wrapped', async () => {
    expect(await silent(await readingOf(mail), wraps(mail))).toEqual([]);
  });
  it('is read otherwise by nobody who got the beginning of it', async () => {
    expect(await silent(await readingOf(mail), cuts(mail))).toEqual([]);
  });
});

describe('encoded mails', () => {
  it('are read otherwise by nobody who got the beginning of them', async () => {
    for (const mail of [base64Mail, quotedPrintableMail]) {
      expect(await silent(await readingOf(mail), cuts(mail))).toEqual([]);
    }
  });
  it('are read with a line lost only where the encoding hides it, which a note says', async () => {
    // 57 bytes inside one line of the text are one line of base64.
    const lost = await silent(await readingOf(base64Mail), deletions(base64Mail));
    expect(lost).toHaveLength(2);
    expect(await silent(await readingOf(quotedPrintableMail), deletions(quotedPrintableMail))).toEqual([]);
  });
});

describe('a bare diff', () => {
  it('is read otherwise by nobody who lost a line or got one wrapped', async () => {
    const right = await readingOf(ownDiff);
    expect(await silent(right, deletions(ownDiff))).toEqual([]);
    expect(await silent(right, wraps(ownDiff))).toEqual([]);
  });
  it('is read without its end only where it was cut between two hunks, which a note says', async () => {
    const cut = await silent(await readingOf(ownDiff), cuts(ownDiff));
    expect(cut).toHaveLength(3);
  });
});

describe.skipIf(mails.length === 0)(`the mails of the series${whyMails}`, () => {
  const names = mails.map((mail) => mail.name);
  it.each(names)('%s: a lost, doubled or wrapped line is an error or changes nothing', async (name) => {
    const mail = text(mailNamed(name));
    const right = await readingOf(mail);
    expect(right).not.toMatch(/^error/);
    expect(await silent(right, deletions(mail))).toEqual([]);
    expect(await silent(right, duplications(mail))).toEqual([]);
    expect(await silent(right, wraps(mail))).toEqual([]);
  });
  it.each(names)('%s: cut anywhere it is an error or changes nothing', async (name) => {
    const mail = text(mailNamed(name));
    // Every character of the last hunk and the end; a prime step before it.
    const tail = mail.length - 700;
    const ends = [...cuts(mail.slice(0, tail), 7), ...[...cuts(mail)].slice(tail)];
    expect(await silent(await readingOf(mail), ends)).toEqual([]);
  });
});
