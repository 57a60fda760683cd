/** A graph that a format cannot carry. */
export class GraphTooLarge extends Error {
  override readonly name = 'GraphTooLarge';
  /** What to do instead. */
  readonly hint: string;
  constructor(format: string, most: string, hint: string) {
    super(`${format} carries at most ${most}`);
    this.hint = hint;
  }
}
