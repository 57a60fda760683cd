import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Patch } from '../../review/diff/patch.ts';
import { PatchError } from '../../review/patch-error.ts';
import { readPatch } from '../../review/read-patch.ts';

/** What the reader makes of a text: the code of the error, or everything that a later step can see of the files. */
export async function readingOf(text: string | Uint8Array, name = 'x.mbox'): Promise<string> {
  try {
    return content(await readPatch(name, typeof text === 'string' ? new TextEncoder().encode(text) : text));
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    return `error ${error.reason}`;
  }
}

/** The patched lines with their places in the files; not those in the mail, which a change of the mail moves. */
const content = (patch: Patch): string =>
  patch.files
    .flatMap(({ path, deleted, hunks }) =>
      hunks.flatMap((hunk) => [
        `${path} ${deleted} ${hunk.oldStart} ${hunk.newStart}`,
        ...hunk.lines.map((line) => `${line.fileLine} ${line.added ? '+' : ' '}${line.text}`),
        ...hunk.removed.map((line) => `${line.oldLine} -${line.text}`),
      ]),
    )
    .join('\n');

/** Runs of blanks and blanks at both ends do not count: what an archive copy keeps. */
export const withoutBlanks = (read: string): string =>
  read
    .split('\n')
    .map((line) => line.replace(/^(\d+ [-+ ]).*/s, (all, head) => head + all.slice(head.length).trim()))
    .map((line) => line.replace(/[ \t]+/g, ' ').trim())
    .join('\n');

/** Beside the project, or beside the folder of its working trees. */
const beside = ['../../../shared/', '../../../../shared/'].map((path) => new URL(path, import.meta.url));
const folder = beside.find((url) => existsSync(new URL('patches/', url)));

/** The mails of the series, where they are at hand; they are not part of the project. */
export const mails: readonly { readonly name: string; readonly bytes: Uint8Array }[] =
  folder === undefined
    ? []
    : ['seed/', 'patches/'].flatMap((part) => {
        const at = new URL(part, folder);
        return readdirSync(at).map((name) => ({ name, bytes: readFileSync(new URL(name, at)) }));
      });

export const mailNamed = (name: string): Uint8Array => mails.find((mail) => mail.name === name)!.bytes;

/** What a test that needs the mails says when it is skipped. */
export const whyMails =
  mails.length > 0 ? '' : ' (skipped: the mails of the series are not beside the project)';
