/** What kind of mistake an input holds. */
export type InputCode =
  | 'usage'
  | 'file'
  | 'json'
  | 'missing'
  | 'unknown-key'
  | 'unknown-name'
  | 'value'
  | 'limit'
  | 'contradiction'
  | 'not-known-yet'
  | 'replay'
  | 'patch';

/** A mistake in something that a user gave: what is wrong, where it stands, and what was probably meant. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: InputCode;
  /** A file with a path into it such as `race.json: threads[1].run`, or an option. */
  readonly where: string;
  /** What to try; empty where nothing better can be said. */
  readonly hint: string;

  constructor(code: InputCode, where: string, what: string, hint = '') {
    super(what);
    this.code = code;
    this.where = where;
    this.hint = hint;
  }

  /** The whole answer in one line. */
  get line(): string {
    return `${this.where}: ${this.message}${this.hint === '' ? '' : `; ${this.hint}`}`;
  }
}
