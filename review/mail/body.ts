import { quoted } from '../../model/scenarios/quoted.ts';
import { PatchError } from '../patch-error.ts';
import { splitHeader } from './header.ts';
import { decodeMime, isEncoded } from './mime.ts';
import { refuseDamage } from './refuse.ts';
import { type Text, textOf } from './text.ts';

/** The body of one mail. */
export interface MailBody extends Text {
  readonly subject: string | null;
  /** The numbers of the lines count in the decoded body, not in the file. */
  readonly decoded: boolean;
  /** What a reader should know about the text, a sentence each. */
  readonly notes: readonly string[];
}

const plainEncodings = ['', '7bit', '8bit', 'binary'];
const known = [...plainEncodings, 'base64', 'quoted-printable'];

/**
 * Reads a mail, a web archive's copy of one, or a bare diff: the text of its body, with the numbers that its lines have in the
 * file. Throws a PatchError for two mails in one file, HTML, quoted replies and every text that a transport has damaged.
 */
export async function readMail(name: string, bytes: Uint8Array): Promise<MailBody> {
  const text = textOf(name, bytes);
  const header = splitHeader(name, text.lines);
  if (!known.includes(header.encoding)) {
    const what = `unknown Content-Transfer-Encoding ${quoted(header.encoding)}`;
    throw new PatchError('mime', { name }, what, `known: ${known.filter((e) => e !== '').join(', ')}`);
  }
  const encoded = isEncoded(header);
  const body = encoded
    ? await decodeMime(name, bytes, text)
    : { lines: header.body, endsWithNewline: text.endsWithNewline, decoded: false, notes: [] };
  refuseDamage(name, header.contentType, body.lines);
  return { ...body, subject: header.subject };
}
