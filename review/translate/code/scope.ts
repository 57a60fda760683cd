/** The variables of a function while it is read: a name in an inner block hides the same name outside. */
export class Scope {
  readonly #blocks: Map<string, string>[] = [new Map()];
  readonly #sourceName = new Map<string, string>();
  readonly #types = new Map<string, string>();
  #temporaries = 0;

  get sourceName(): ReadonlyMap<string, string> {
    return this.#sourceName;
  }

  /** The types of the variables that are no pointers, where the text declares them. */
  get types(): ReadonlyMap<string, string> {
    return this.#types;
  }

  enter(): void {
    this.#blocks.push(new Map());
  }

  leave(): void {
    this.#blocks.pop();
  }

  /** Declares a variable; another of the same name gets a number behind it. */
  declare(name: string, declared?: { readonly type: string; readonly stars: number }): string {
    let unique = name;
    for (let n = 2; this.#sourceName.has(unique); n++) unique = `${name}_${n}`;
    this.#sourceName.set(unique, name);
    this.#blocks.at(-1)?.set(name, unique);
    if (declared?.stars === 0) this.#types.set(unique, declared.type);
    return unique;
  }

  find(name: string): string | undefined {
    return this.#blocks.findLast((block) => block.has(name))?.get(name);
  }

  /** A variable that the source does not have, for a value between two instructions. */
  temporary(): string {
    return `$${++this.#temporaries}`;
  }

  get names(): readonly string[] {
    return [...new Set(this.#blocks.flatMap((block) => [...block.keys()]))];
  }
}
