import { NONE } from '../../model/language/expression.ts';
import type { SharedDeclaration } from '../../model/language/variable.ts';
import type { Configuration } from '../program/configuration.ts';
import { heldLocks, holds } from '../program/held-locks.ts';
import type { Program } from '../program/program.ts';

/** Locks that were held together: by one thread, or by two at the same moment. */
export interface LocksTogether {
  /** Kinds of locks, such as `ptl`; a lock that readers share says how it is held. */
  readonly first: string;
  readonly second: string;
  readonly by: 'one thread' | 'two threads';
  /** It is one lock, which two readers hold. */
  readonly same: boolean;
  /** In how many states. */
  readonly states: number;
}

/** One thread that holds one lock. */
interface Holding {
  readonly thread: number;
  readonly kind: string;
  /** Which lock: the variable with its element. */
  readonly lock: string;
}

/** Counts in how many states locks are held, and held together. */
export class HeldTogether {
  private readonly locks: readonly SharedDeclaration[];
  private readonly may: readonly (readonly ReadonlySet<string>[])[];
  private readonly alone = new Map<string, number>();
  private readonly pairs = new Map<
    string,
    { readonly pair: Omit<LocksTogether, 'states'>; states: number }
  >();

  constructor(program: Program) {
    this.locks = program.system.shared.filter((v) => v.lock !== null);
    this.may = program.threads.map((thread) => heldLocks(program, thread));
  }

  count(now: Configuration): void {
    const holdings = this.holdingsIn(now);
    const kinds = new Set(holdings.map((h) => h.kind));
    for (const kind of kinds) this.alone.set(kind, (this.alone.get(kind) ?? 0) + 1);
    const seen = new Set<string>();
    holdings.forEach((a, n) => {
      for (const b of holdings.slice(n + 1)) {
        const [first, second] = a.kind <= b.kind ? [a.kind, b.kind] : [b.kind, a.kind];
        const by = a.thread === b.thread ? 'one thread' : 'two threads';
        const same = a.lock === b.lock;
        const key = `${first}|${second}|${by}|${same}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const known = this.pairs.get(key);
        if (known) known.states++;
        else this.pairs.set(key, { pair: { first, second, by, same }, states: 1 });
      }
    });
  }

  get held(): { readonly lock: string; readonly states: number }[] {
    return [...this.alone]
      .map(([lock, states]) => ({ lock, states }))
      .sort((a, b) => inOrder(a.lock, b.lock));
  }

  get together(): LocksTogether[] {
    return [...this.pairs]
      .sort(([a], [b]) => inOrder(a, b))
      .map(([, { pair, states }]) => ({ ...pair, states }));
  }

  private holdingsIn(now: Configuration): Holding[] {
    return this.locks.flatMap((variable) =>
      now.shared[variable.name]!.flatMap((value, element) => {
        const lock = `${variable.name} ${element}`;
        if (variable.lock === 'mutex') {
          return value === NONE ? [] : [{ thread: value, kind: variable.location, lock }];
        }
        if (value === 0) return [];
        const kind = `${variable.location} ${value < 0 ? 'write' : 'read'}`;
        // A count does not say whose it is: the places of the threads do.
        return now.threads.flatMap(({ place }, thread) =>
          holds(this.may[thread]![place]!, variable, element) ? [{ thread, kind, lock }] : [],
        );
      }),
    );
  }
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
