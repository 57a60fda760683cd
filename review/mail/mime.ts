import PostalMime, { type Email } from 'postal-mime';
import { PatchError } from '../patch-error.ts';
import type { MailHeader } from './header.ts';
import { linesOf, type Text, type TextLine } from './text.ts';

interface DecodedBody extends Text {
  readonly decoded: boolean;
  readonly notes: readonly string[];
}

/** Whether the body has to be decoded before it can be read. */
export const isEncoded = ({ encoding, contentType }: MailHeader): boolean =>
  encoding === 'base64' || encoding === 'quoted-printable' || /^multipart\//i.test(contentType.trim());

const marksPatch = /^(?:diff --git |@@ -\d)/;
const holdsPatch = (text: string): boolean => text.split('\n').some((line) => marksPatch.test(line));

/** The one part of a mail that holds a patch, decoded; with the line numbers of the mail where its lines stand there as they are. */
export async function decodeMime(name: string, bytes: Uint8Array, file: Text): Promise<DecodedBody> {
  const raw = file.lines;
  const parts = partsOf(await parse(name, bytes)).filter(holdsPatch);
  if (parts.length === 0) {
    const hint = 'a part of type text/plain with the diff in it is needed';
    throw new PatchError('no-patch', { name }, 'no part of the mail holds a patch', hint);
  }
  if (parts.length > 1) {
    const what = `${parts.length} parts of the mail hold a patch`;
    throw new PatchError('two-mails', { name }, what, 'save the one that is meant as a file of its own');
  }
  const decoded = linesOf(name, parts[0]!.replace(/\r\n/g, '\n'));
  // The decoder ends its text with a line end also where the file stops in the middle of a line.
  const text = { ...decoded, endsWithNewline: decoded.endsWithNewline && file.endsWithNewline };
  const at = standsAt(raw, text.lines);
  if (at < 0) {
    const note =
      'the body was encoded: line numbers count in the decoded text, and a lost line of the encoded text that held no line end cannot be noticed';
    return { ...text, decoded: true, notes: [note] };
  }
  refuseLostLines(name, raw, text.lines);
  return {
    ...text,
    lines: text.lines.map((line, i) => ({ ...line, number: at + i + 1 })),
    decoded: false,
    notes: [],
  };
}

async function parse(name: string, bytes: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(bytes);
  } catch {
    throw new PatchError('mime', { name }, 'the MIME structure cannot be read', 'save the raw mail again');
  }
}

function partsOf(mail: Email): string[] {
  const attached = mail.attachments.flatMap(({ mimeType, content }) => {
    if (!mimeType.startsWith('text/') || mimeType === 'text/html') return [];
    return [typeof content === 'string' ? content : new TextDecoder().decode(content)];
  });
  return [mail.text ?? '', ...attached];
}

/** The index in the file from which the decoded lines stand there unchanged, or -1. */
function standsAt(raw: readonly TextLine[], part: readonly TextLine[]): number {
  const length = part.findLastIndex((line) => line.text !== '') + 1;
  for (let i = 0; i + length <= raw.length; i++) {
    let j = 0;
    while (j < length && raw[i + j]!.text === part[j]!.text) j++;
    if (j === length) return i;
  }
  return -1;
}

/** A lost boundary or a lost blank line behind a part's header makes the decoder drop lines: none may be of a patch. */
function refuseLostLines(name: string, raw: readonly TextLine[], part: readonly TextLine[]): void {
  const count = (lines: readonly TextLine[]): number =>
    lines.filter((line) => marksPatch.test(line.text)).length;
  if (count(raw) === count(part)) return;
  const what = 'some lines of the diff stand outside of the part that holds the patch';
  throw new PatchError('mime', { name }, what, 'the MIME structure is damaged: save the raw mail again');
}
