import { PatchError, type PatchReason } from '../patch-error.ts';
import { isFromLine } from './header.ts';
import type { TextLine } from './text.ts';

interface Damage {
  readonly reason: PatchReason;
  readonly sign: RegExp;
  readonly what: string;
  readonly hint: string;
}

const tags = 'html|head|body|div|br|pre|span|table|tr|td|blockquote|font';

/** Signs that the text is not the patch as it was sent. Each would leave lines that can still be read, as something else. */
const damages: readonly Damage[] = [
  {
    reason: 'quoted-reply',
    sign: /^\s*(?:[>|]\s*)+(?:diff --git |@@ -\d|\+\+\+ \S|--- [a-z/])/,
    what: 'the patch is quoted in a reply',
    hint: 'give the mail that was answered',
  },
  {
    reason: 'html',
    sign: new RegExp(`<!doctype html|</?(?:${tags})(?:\\s+[a-z-]+=["'][^<>]*)?\\s*/?>`, 'i'),
    what: 'an HTML tag: this is a web page, not a mail',
    hint: 'save the raw mail (mbox), not the page',
  },
  {
    reason: 'html',
    sign: /&(?:lt|gt|amp|quot|nbsp|#\d+|#x[0-9a-f]+);/i,
    what: 'an HTML character reference: this is the source of a web page',
    hint: 'save the raw mail (mbox), not the page',
  },
  {
    reason: 'quoted-printable',
    sign: /=3D|=20$|=09$/,
    what: 'text in quoted-printable encoding, which the header does not announce',
    hint: 'save the raw mail with its header, or decode it first',
  },
];

/** Refuses a body that a transport or a program has changed in a way that the diff alone might not show. */
export function refuseDamage(name: string, contentType: string, lines: readonly TextLine[]): void {
  if (/^text\/html\b/i.test(contentType)) {
    throw new PatchError('html', { name }, 'the mail is HTML', 'save it as plain text');
  }
  if (/\bformat\s*=\s*"?flowed/i.test(contentType)) {
    const what = 'the mail is format=flowed, in which blanks and line ends do not count';
    throw new PatchError('flowed', { name }, what, 'send it again with git send-email, or as an attachment');
  }
  for (const { text, number } of lines) {
    const damage = damages.find(({ sign }) => sign.test(text));
    if (damage) throw new PatchError(damage.reason, { name, mailLine: number }, damage.what, damage.hint);
  }
  const second = lines.find(({ text }, i) => i > 0 && isFromLine(text));
  if (second) {
    const what = 'a second mail begins here';
    const hint = 'split the file with git mailsplit and give one mail';
    throw new PatchError('two-mails', { name, mailLine: second.number }, what, hint);
  }
}
