/** A line of the patched file that the patch shows. */
export interface PatchedLine {
  readonly text: string;
  /** Its line in the mail and in the patched file. */
  readonly mailLine: number;
  readonly fileLine: number;
  /** The patch adds it; else it is context. */
  readonly added: boolean;
}

/** A line that the patch takes away. */
export interface RemovedLine {
  readonly text: string;
  readonly mailLine: number;
  /** Its line in the file before the patch. */
  readonly oldLine: number;
}

/** A hunk: neighbouring lines of one file. */
export interface Hunk {
  readonly mailLine: number;
  readonly oldStart: number;
  readonly newStart: number;
  /** What stands behind the second `@@`: the last line before the hunk that looks like the head of a function. */
  readonly section: string;
  readonly lines: readonly PatchedLine[];
  readonly removed: readonly RemovedLine[];
}

/** What a patch does to one file. */
export interface FilePatch {
  /** The name that the file has afterwards; the name it had if it is deleted. */
  readonly path: string;
  readonly mailLine: number;
  readonly deleted: boolean;
  readonly hunks: readonly Hunk[];
}

/**
 * How much of the white space is left. 'exact': all of it. 'trimmed': blanks at the ends of lines are lost. 'stripped': those at
 * the beginning as well, so that a context line has nothing in front; the copies of web archives are such.
 */
export type Whitespace = 'exact' | 'trimmed' | 'stripped';

/** A patch, or a whole C file, which is then one hunk of one file without added lines. */
export interface Patch {
  /** The name of the file that was given. */
  readonly name: string;
  readonly subject: string | null;
  readonly kind: 'patch' | 'source';
  readonly whitespace: Whitespace;
  readonly files: readonly FilePatch[];
  /** What a reader should know about the text, a sentence each: what could not be checked, what is not byte-exact. */
  readonly notes: readonly string[];
}
