import { PatchError } from '../patch-error.ts';
import type { TextLine } from './text.ts';

/** The header of a mail, as far as the patch depends on it, and the lines behind it. */
export interface MailHeader {
  readonly subject: string | null;
  readonly contentType: string;
  readonly encoding: string;
  readonly body: readonly TextLine[];
}

const field = /^([!-9;-~]+):[ \t]*(.*)$/;
const firstFields =
  /^(from|return-path|received|delivered-to|date|subject|to|cc|message-id|mime-version|content-type|x-[\w-]+|list-[\w-]+|dkim-signature|authentication-results):/i;

/** The line that separates mails in an mbox, and that `git format-patch` begins with. */
export const isFromLine = (text: string): boolean => /^From \S+ .*\d\d:\d\d:\d\d\b.*\d{4}/.test(text);

/**
 * Takes the header off a mail. The header ends at the first line that cannot be part of one, so that a lost blank line loses
 * nothing of the body. A text that does not begin like a mail is all body.
 */
export function splitHeader(name: string, lines: readonly TextLine[]): MailHeader {
  const first = lines[0]?.text ?? '';
  const start = isFromLine(first) ? 1 : 0;
  if (start === 0 && !firstFields.test(first)) {
    return { subject: subjectOfCopy(first), contentType: 'text/plain', encoding: '', body: lines };
  }
  const fields = new Map<string, string>();
  let last = '';
  let i = start;
  for (; i < lines.length; i++) {
    const { text, number } = lines[i]!;
    const found = field.exec(text);
    if (found) {
      last = found[1]!.toLowerCase();
      const repeats = fields.has(last) && last.startsWith('content-');
      if (repeats) {
        const what = `the header names ${found[1]} twice`;
        throw new PatchError('mime', { name, mailLine: number }, what, 'save the raw mail again');
      }
      fields.set(last, found[2]!);
    } else if (/^[ \t]+\S/.test(text) && last !== '') fields.set(last, `${fields.get(last)} ${text.trim()}`);
    else break;
  }
  return {
    subject: fields.get('subject') ?? null,
    contentType: fields.get('content-type') ?? 'text/plain',
    encoding: (fields.get('content-transfer-encoding') ?? '').trim().toLowerCase(),
    body: lines.slice(i),
  };
}

const subjectOfCopy = (first: string): string | null => (/^\[.*PATCH.*\]/.test(first) ? first : null);
