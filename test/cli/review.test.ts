import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it, test } from 'vitest';
import { ownMail } from '../review/own-patch.ts';
import { mailNamed, mails, whyMails } from '../review/reading.ts';
import { cowpte, folder } from './run-cowpte.ts';

function patchFile(text: string): string {
  const path = join(folder(), 'pond.patch');
  writeFileSync(path, text);
  return path;
}

const schema = join(import.meta.dirname, '..', '..', 'schemas', 'review.json');
const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schema, 'utf8')) as object,
);
/** What the schema says against a review; null if nothing. */
const against = (review: unknown) => (validate(review) ? null : validate.errors);

/** The symbol that a conditional of the patch asks for. */
const frogs = ['--config', 'CONFIG_POND_FROGS=y'];

test('a comment that nobody has judged is shown and not judged', () => {
  const ran = cowpte(['review', patchFile(ownMail), '--quiet', ...frogs]);
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out).toContain('> +/* Does a frog that leaps here always come down again? */\n[lib/pond.c:');
  expect(ran.out).toContain('Nobody has judged this comment');
  expect(ran.out.replace(/\s+/g, ' ')).toContain(
    'Note: the patch does not hold the whole break; judged on the protocol v5.',
  );
  expect(ran.out).not.toContain('Gone since');
  const json: unknown = JSON.parse(cowpte(['review', patchFile(ownMail), '--format', 'json', ...frogs]).out);
  expect(against(json)).toBe(null);
  expect(against({ ...(json as object), comments: [{}] })).not.toBe(null);
});

test('a page for a browser says the same', () => {
  const ran = cowpte(['review', patchFile(ownMail), '--quiet', '--format', 'html', ...frogs]);
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out).toMatch(/^<!doctype html>\n/);
  expect(ran.out).toContain(
    '>+/* Does a frog that leaps here always come down again? */</pre>\n<p>Nobody has',
  );
  expect(ran.out).not.toContain('<script');
});

test('mistakes are found before any search', () => {
  const path = patchFile(ownMail);
  for (const [args, says] of [
    [[path, '--protocol', 'v6'], /unknown protocol 'v6'; did you mean/],
    [[path, '--format', 'pdf'], /Allowed choices are text, markdown, html, json, sarif/],
    [[path, '-o', '/'], /--output \/: cannot be written/],
    [[`${path}x`], /no such file/],
    [[patchFile(ownMail.slice(0, 700))], /pond\.patch/],
  ] as const) {
    const ran = cowpte(['review', ...args, ...frogs]);
    expect([ran.code, ran.out]).toEqual([2, '']);
    expect(ran.err).toMatch(says);
    expect(ran.err.trimEnd().split('\n')).toHaveLength(1);
  }
});

describe.skipIf(mails.length === 0)(`version 5, the first of its files${whyMails}`, () => {
  const seed = mails.length === 0 ? '' : new TextDecoder().decode(mailNamed('v5-04-break.mbox'));
  const from = seed.indexOf('diff --git a/include/linux/pgtable.h');
  const path = patchFile(seed.slice(from, seed.indexOf('diff --git a/mm/memory.c')));

  it('is judged, as text, page, JSON and SARIF', () => {
    const text = cowpte(['review', path, '--quiet']);
    expect(text.code).toBe(0);
    expect(text.out).toMatch(/\[include\/linux\/pgtable\.h:1381, line \d+ of the mail\]/);
    expect(text.out).toContain('Verdict: holds.\n');
    expect(text.out).toContain('1 comment, 1 claim: 0 violated');
    const json = JSON.parse(cowpte(['review', path, '--quiet', '--format', 'json']).out);
    expect(json).toMatchObject({
      schema: 'cowpte.review/1',
      comments: [{ at: 'include/linux/pgtable.h:1381', claims: [{ verdict: 'holds' }] }],
    });
    expect(json.gone).toHaveLength(26);
    expect(against(json)).toBe(null);
    const sarif = JSON.parse(cowpte(['review', path, '--quiet', '--format', 'sarif']).out);
    expect(sarif.runs[0].results).toMatchObject([
      {
        ruleId: 'write-protected-is-not-bad',
        kind: 'pass',
        locations: [{ physicalLocation: { region: { startLine: 1381, endLine: 1384 } } }],
      },
    ]);
    const output = join(folder(), 'review.md');
    expect(cowpte(['review', path, '--quiet', '--format', 'markdown', '-o', output])).toMatchObject({
      code: 0,
      out: '',
    });
    expect(readFileSync(output, 'utf8')).toContain('| holds |');
  });

  it('has no exit code of success for a claim that no search decides', () => {
    const [mremap] = /^diff --git a\/mm\/mremap\.c.*?(?=^(?:diff --git|-- $))/ms.exec(seed)!;
    const { code, out } = cowpte(['review', patchFile(mremap), '--quiet', '-o', '-']);
    expect(code).toBe(3);
    expect(out).toContain('Verdict: not decided.\n');
    expect(out).toMatch(/on\s+its\s+protocol\s+v5\s+and\s+not\s+on\s+the\s+code\s+of\s+this\s+patch/);
  });
});
