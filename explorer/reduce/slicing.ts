import type { Assignment, Effect } from '../../model/language/effect.ts';
import type { Expression, LocalRead, SharedRead } from '../../model/language/expression.ts';
import type { Scope } from '../../model/language/interpreter.ts';
import { walk } from '../program/accesses.ts';
import type { Program } from '../program/program.ts';
import { mayFail } from './may-fail.ts';

/** Variables that are written and never read by anything that matters. */
export interface Unread {
  readonly shared: ReadonlySet<string>;
  /** By thread number. */
  readonly locals: readonly ReadonlySet<string>[];
}

/** Nothing is left out. */
export const allRead: Unread = { shared: new Set(), locals: [] };

/** Is what this stores to, or reads, left out? */
export const isUnread = ({ shared, locals }: Unread, e: SharedRead | LocalRead, thread: number): boolean =>
  e.k === 'shared' ? shared.has(e.name) : (locals[thread]?.has(e.name) ?? false);

/** Collects what is read, until nothing is added. */
class Read {
  private readonly names = new Set<string>();
  private readonly program: Program;

  constructor(program: Program) {
    this.program = program;
    for (const { always, atEnd } of program.checks) {
      for (const { that } of [...always, ...atEnd]) this.all(that, -1);
    }
    for (let before = -1; before < this.names.size; ) {
      before = this.names.size;
      for (const { number, scope, places } of program.threads) this.machine(places, scope, number);
      for (const { scope, places } of program.monitors) this.machine(places, scope, -1);
    }
  }

  has(name: string, thread: number): boolean {
    return this.names.has(`${thread} ${name}`);
  }

  private machine(places: Program['threads'][number]['places'], scope: Scope, thread: number): void {
    for (const { guard, effects } of places.flatMap((p) => p.events).flatMap((e) => e.branches)) {
      if (guard) this.all(guard, thread);
      for (const effect of effects) this.effect(effect, scope, thread);
    }
  }

  private effect(effect: Effect, scope: Scope, thread: number): void {
    switch (effect.k) {
      case 'set':
        this.assignment(effect, scope, thread);
        return;
      case 'assert':
        if (this.program.checkNumber.has(effect.check)) this.all(effect.that, thread);
        return;
      case 'if':
        this.all(effect.test, thread);
        for (const e of [...effect.then, ...effect.otherwise]) this.effect(e, scope, thread);
    }
  }

  /** A store counts if somebody reads there, if it takes or gives back a lock, or if working it out may be an error of the model. */
  private assignment({ to, value, lock }: Assignment, scope: Scope, thread: number): void {
    if (lock || mayFail(to, scope) || mayFail(value, scope)) this.add(to, thread);
    if (!this.has(to.name, to.k === 'shared' ? -1 : thread)) return;
    this.all(to, thread);
    this.all(value, thread);
  }

  private all(e: Expression, thread: number): void {
    walk(e, (x) => {
      if (x.k === 'shared' || x.k === 'local') this.add(x, thread);
    });
  }

  private add(e: SharedRead | LocalRead, thread: number): void {
    this.names.add(`${e.k === 'shared' ? -1 : thread} ${e.name}`);
  }
}

/**
 * The variables that no guard, no judged check and no monitor reads, not even through others: what they hold changes neither
 * what can happen nor how it is judged, so that states which differ there alone are one (Hatcliff, Dwyer and Zheng, Slicing
 * software for model construction, 2000). That such a variable leaves its range is not noticed in a search; where a run is
 * shown, XState keeps all variables, and notices it.
 */
export function unreadVariables(program: Program): Unread {
  const known = found.get(program);
  if (known) return known;
  const read = new Read(program);
  const unread = {
    shared: new Set([...program.declared.keys()].filter((name) => !read.has(name, -1))),
    locals: program.threads.map(
      (t) => new Set(t.locals.map((l) => l.name).filter((name) => !read.has(name, t.number))),
    ),
  };
  found.set(program, unread);
  return unread;
}

/** A program is asked about when its reductions are chosen, and whenever it is compiled. */
const found = new WeakMap<Program, Unread>();
