import type { Scope } from '../../../model/language/interpreter.ts';

/** An element of a base, by its number: in a text it is a variable that a rule, a loop or a quantifier ranges over. */
export interface Coordinate {
  readonly base: number;
  readonly at: number;
}

/** Thrown where a text needs an element of a base that nothing around it has named yet. */
export class Unbound extends Error {
  override readonly name = 'Unbound';
  readonly coordinate: Coordinate;

  constructor(coordinate: Coordinate) {
    super(`element ${coordinate.at} of base ${coordinate.base} has no name here`);
    this.coordinate = coordinate;
  }
}

/** A variable that ranges over a base, and those of the same base outside of it, from which it differs. */
export interface Bound extends Coordinate {
  readonly name: string;
  readonly others: readonly string[];
}

/** Where an expression stands: whose it is, and under which names the elements of the bases are known. */
export class Context {
  readonly scope: Scope;
  /** The thread whose locals can be read; null outside of threads. */
  readonly thread: number | null;
  readonly bound: readonly Bound[];
  private readonly fresh: (depth: number) => string;

  constructor(
    scope: Scope,
    thread: number | null,
    fresh: (depth: number) => string,
    bound: readonly Bound[] = [],
  ) {
    this.scope = scope;
    this.thread = thread;
    this.fresh = fresh;
    this.bound = bound;
  }

  /** The variable that stands for an element of a base. */
  name(base: number, at: number): string {
    const found = this.bound.find((b) => b.base === base && b.at === at);
    if (!found) throw new Unbound({ base, at });
    return found.name;
  }

  /** The same with names for more elements; those that have one keep it. */
  with(coordinates: readonly Coordinate[]): Context {
    const bound = [...this.bound];
    for (const { base, at } of coordinates) {
      const others = bound.filter((b) => b.base === base);
      if (others.some((b) => b.at === at)) continue;
      bound.push({ base, at, name: this.fresh(bound.length), others: others.map((b) => b.name) });
    }
    return new Context(this.scope, this.thread, this.fresh, bound);
  }

  /** The variables of a larger context that this one does not have. */
  since(inner: Context): readonly Bound[] {
    return inner.bound.slice(this.bound.length);
  }

  /** An expression of a thread, told where this context stands. */
  of(thread: { readonly number: number; readonly scope: Scope }): Context {
    return new Context(thread.scope, thread.number, this.fresh, this.bound);
  }

  /** Works with as many names as the work turns out to need. */
  needing<T>(work: (context: Context) => T): T {
    try {
      return work(this);
    } catch (error) {
      if (!(error instanceof Unbound)) throw error;
      return this.with([error.coordinate]).needing(work);
    }
  }
}
