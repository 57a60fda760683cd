import { NONE } from '../../model/language/expression.ts';
import { evaluate, type Moment, type Observer } from '../../model/language/interpreter.ts';
import type { SharedDeclaration } from '../../model/language/variable.ts';
import { walk } from '../program/accesses.ts';
import { type Configuration, endedThreads } from '../program/configuration.ts';
import { heldLocks, holds } from '../program/held-locks.ts';
import { type Program, placeOf } from '../program/program.ts';

/** What a thread that cannot go on waits for. */
export interface Waiting {
  readonly thread: number;
  /** Elements of lock variables that its guards read. */
  readonly locks: readonly { readonly variable: SharedDeclaration; readonly element: number }[];
  /** Threads that hold one of these locks, or that it waits for to end. */
  readonly on: ReadonlySet<number>;
}

/** Tells who waits for whom in a state without an enabled step. Slow and plain: such states are few. */
export class WaitingRelation {
  private readonly program: Program;
  private readonly held: readonly (readonly ReadonlySet<string>[])[];

  constructor(program: Program) {
    this.program = program;
    this.held = program.threads.map((thread) => heldLocks(program, thread));
  }

  /** Threads that have neither ended nor stopped, each with what it waits for. */
  waiting(now: Configuration): Waiting[] {
    const ended = endedThreads(this.program, now);
    return this.program.threads
      .filter((thread) => placeOf(thread, now.threads[thread.number]!.place).final === null)
      .map((thread) => this.waitingOf(thread.number, now, ended));
  }

  /** Does the thread wait, directly or through others, for a thread that has stopped for good? */
  excused(thread: number, relation: readonly Waiting[], now: Configuration): boolean {
    const byThread = new Map(relation.map((w) => [w.thread, w]));
    const seen = new Set([thread]);
    for (const at of seen) {
      if (placeOf(this.program.threads[at]!, now.threads[at]!.place).final === 'stopped') return true;
      for (const next of byThread.get(at)?.on ?? []) seen.add(next);
    }
    return false;
  }

  private waitingOf(number: number, now: Configuration, ended: readonly boolean[]): Waiting {
    const thread = this.program.threads[number]!;
    const { place, local } = now.threads[number]!;
    const moment: Moment = { shared: now.shared, local, ended };
    const locks: { variable: SharedDeclaration; element: number }[] = [];
    const on = new Set<number>();
    const observer: Observer = {
      read: (variable, element) => {
        if (variable.lock === null) return;
        if (locks.some((l) => l.variable === variable && l.element === element)) return;
        locks.push({ variable, element });
      },
      write: () => {},
    };
    for (const { guard } of placeOf(thread, place).events.flatMap((e) => e.branches)) {
      if (!guard) continue;
      evaluate(guard, thread.scope, moment, observer);
      walk(guard, (e) => {
        if (e.k !== 'ended') return;
        for (const other of thread.scope.groups[e.group] ?? []) if (!ended[other]) on.add(other);
      });
    }
    for (const { variable, element } of locks) {
      for (const other of this.holders(variable, element, now)) on.add(other);
    }
    return { thread: number, locks, on };
  }

  /** Threads that hold a lock: the owner of a mutex; for a counting lock those at places where data flow finds it held. */
  private holders(variable: SharedDeclaration, element: number, now: Configuration): readonly number[] {
    if (variable.lock === 'mutex') {
      const owner = now.shared[variable.name]![element]!;
      return owner === NONE || !this.program.threads[owner] ? [] : [owner];
    }
    return this.program.threads
      .map((t) => t.number)
      .filter((n) => holds(this.held[n]![now.threads[n]!.place]!, variable, element));
  }
}
