/** Names for a text in another language: letters, digits and underscores, each given out once. */
export class Names {
  private readonly taken: Set<string>;
  private readonly outer: Names | null;

  constructor(reserved: Iterable<string> = [], outer: Names | null = null) {
    this.taken = new Set(reserved);
    this.outer = outer;
  }

  /** A name of its own that is as near as possible to the wanted one. */
  fresh(wanted: string): string {
    const plain = wanted.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
    const stem = /^[A-Za-z]/.test(plain) ? plain : `n${plain}`;
    let name = stem;
    for (let n = 2; this.isTaken(name); n++) name = `${stem}_${n}`;
    this.taken.add(name);
    return name;
  }

  /** A scope inside this one: its names differ from those given out so far, and are free again outside. */
  inner(): Names {
    return new Names([], this);
  }

  private isTaken(name: string): boolean {
    return this.taken.has(name) || (this.outer?.isTaken(name) ?? false);
  }
}
