import { InputError } from '../model/scenarios/input-error.ts';

/** What is wrong with a patch. The list is closed; a program may tell them apart by `reason`. */
export type PatchReason =
  // The file and the mail
  | 'empty'
  | 'too-long'
  | 'nul'
  | 'encoding'
  | 'control-character'
  | 'line-ends'
  | 'mime'
  | 'flowed'
  | 'html'
  | 'quoted-reply'
  | 'quoted-printable'
  | 'two-mails'
  // The diff
  | 'no-patch'
  | 'file-header'
  | 'path'
  | 'same-file-twice'
  | 'no-hunk'
  | 'binary'
  | 'hunk-header'
  | 'hunk-line'
  | 'hunk-short'
  | 'hunk-long'
  | 'hunk-position'
  | 'ambiguous-blank'
  | 'diffstat'
  // Conditionals and units
  | 'conditional'
  | 'unknown-symbol'
  | 'brackets'
  // C
  | 'syntax'
  | 'not-in-the-subset'
  | 'unknown-call'
  | 'unknown-name'
  | 'unknown-label'
  | 'arguments'
  | 'recursion'
  | 'unset'
  | 'value'
  | 'endless'
  | 'missing-function';

/** A place in a patch: the line of the mail, and what it is in the patched file, where it has one. */
export interface PatchPlace {
  /** The name of the file that was given. */
  readonly name: string;
  readonly mailLine?: number | undefined;
  /** The patched file and the line in it, as the patch leaves it. */
  readonly file?: string | undefined;
  readonly fileLine?: number | undefined;
}

/** A mistake in the text of a patch, with the line of the mail, the line of the patched file and what to do. */
export class PatchError extends InputError {
  readonly reason: PatchReason;
  readonly place: PatchPlace;

  constructor(reason: PatchReason, place: PatchPlace, what: string, hint: string) {
    super('patch', placeText(place), what, hint);
    this.reason = reason;
    this.place = place;
  }
}

/** `v5.mbox:252 (mm/memory.c:5344)`. */
export function placeText({ name, mailLine, file, fileLine }: PatchPlace): string {
  const mail = mailLine === undefined ? name : `${name}:${mailLine}`;
  if (file === undefined) return mail;
  return `${mail} (${fileLine === undefined ? file : `${file}:${fileLine}`})`;
}
