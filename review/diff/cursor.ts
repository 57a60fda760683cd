import type { TextLine } from '../mail/text.ts';
import { PatchError, type PatchPlace, type PatchReason } from '../patch-error.ts';

/** A place in the lines of a diff that moves forward. */
export class Cursor {
  readonly name: string;
  readonly lines: readonly TextLine[];
  readonly endsWithNewline: boolean;
  at: number;

  constructor(name: string, lines: readonly TextLine[], endsWithNewline: boolean, at: number) {
    this.name = name;
    this.lines = lines;
    this.endsWithNewline = endsWithNewline;
    this.at = at;
  }

  get ended(): boolean {
    return this.at >= this.lines.length;
  }

  /** The text of the line here, or of one further on; null past the end. */
  peek(ahead = 0): string | null {
    return this.lines[this.at + ahead]?.text ?? null;
  }

  /** The number of the line here in the mail; past the end, that of the last line. */
  get number(): number {
    return (this.lines[Math.min(this.at, this.lines.length - 1)] as TextLine).number;
  }

  fail(reason: PatchReason, what: string, hint: string, place: Partial<PatchPlace> = {}): never {
    throw new PatchError(reason, { name: this.name, mailLine: this.number, ...place }, what, hint);
  }
}
