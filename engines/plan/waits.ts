import { walk } from '../../explorer/program/accesses.ts';
import { heldLocks, holds } from '../../explorer/program/held-locks.ts';
import type { Program, ProgramThread } from '../../explorer/program/program.ts';
import { type Expression, equal, type SharedRead } from '../../model/language/expression.ts';
import { elementAt, elements, indicesOf } from '../../model/language/variable.ts';
import { allText, anyText, type Junctions } from './expression-text.ts';

/** What the text of a waiting relation needs besides a dialect. */
export interface WaitsContext {
  readonly program: Program;
  readonly dialect: Junctions;
  /** Truth: an expression of the thread, told from outside of it. */
  readonly truth: (e: Expression, thread: ProgramThread) => string;
  /** Truth: the thread is at one of these places. */
  readonly at: (thread: ProgramThread, places: readonly number[]) => string;
}

/**
 * Who waits for whom where no step is enabled, as texts of truth values; the relation is the explorer's (search/waiting):
 * a thread waits for the owner of a mutex that its guards read as far as they are evaluated, for the threads that may hold
 * such a counting lock, and for those that it wants to have ended.
 */
export class Waits {
  private readonly context: WaitsContext;
  private readonly held: readonly (readonly ReadonlySet<string>[])[];

  constructor(context: WaitsContext) {
    this.context = context;
    this.held = context.program.threads.map((t) => heldLocks(context.program, t));
  }

  /** Truth: `thread` waits for `other`; null if it never does. */
  text(thread: ProgramThread, other: ProgramThread): string | null {
    const d = this.context.dialect;
    const ways = thread.places.flatMap((place) => {
      const guards = place.events.flatMap((e) => e.branches.flatMap((b) => b.guard ?? []));
      const reasons = guards.flatMap((g) => [
        ...this.wantsEnded(g, thread, other),
        ...this.readsLockOf(g, thread, other),
      ]);
      if (reasons.length === 0) return [];
      return [allText([this.context.at(thread, [place.number]), anyText([...new Set(reasons)], d)], d)];
    });
    return ways.length === 0 ? null : anyText(ways, d);
  }

  private wantsEnded(guard: Expression, thread: ProgramThread, other: ProgramThread): string[] {
    const d = this.context.dialect;
    let wants = false;
    walk(guard, (e) => {
      wants ||= e.k === 'ended' && (thread.scope.groups[e.group] ?? []).includes(other.number);
    });
    return wants ? [d.not(d.ended(other.number))] : [];
  }

  /** Reads of locks, each under the condition under which it is evaluated. */
  private readsLockOf(e: Expression, thread: ProgramThread, other: ProgramThread): string[] {
    const { dialect: d, truth } = this.context;
    const sub = (x: Expression): string[] => this.readsLockOf(x, thread, other);
    const under = (test: string, x: Expression): string[] => sub(x).map((text) => d.both(test, text));
    switch (e.k) {
      case 'shared': {
        const mine = this.heldBy(e, thread, other);
        return [...e.at.flatMap(sub), ...(mine === null ? [] : [mine])];
      }
      case 'unary':
        return sub(e.a);
      case 'binary': {
        const a = e.op === '&&' || e.op === '||' ? truth(e.a, thread) : '';
        if (e.op === '&&') return [...sub(e.a), ...under(a, e.b)];
        if (e.op === '||') return [...sub(e.a), ...under(d.not(a), e.b)];
        return [...sub(e.a), ...sub(e.b)];
      }
      case 'conditional': {
        const test = truth(e.test, thread);
        return [...sub(e.test), ...under(test, e.then), ...under(d.not(test), e.otherwise)];
      }
      default:
        return [];
    }
  }

  private heldBy(read: SharedRead, thread: ProgramThread, other: ProgramThread): string | null {
    const { dialect: d, truth } = this.context;
    const variable = this.context.program.declared.get(read.name)!;
    if (variable.lock === null) return null;
    if (variable.lock === 'mutex') return truth(equal(read, other.number), thread);
    const known = read.at.every((i) => i.k === 'literal')
      ? elementAt(
          variable,
          read.at.map((i) => (i as { readonly value: number }).value),
        )
      : null;
    const ways = Array.from({ length: elements(variable) }, (_, n) => n).flatMap((n) => {
      if (known !== null && known !== n) return [];
      const places = other.places.map((p) => p.number);
      const holding = places.filter((p) => holds(this.held[other.number]![p]!, variable, n));
      if (holding.length === 0) return [];
      const at = this.context.at(other, holding);
      if (known !== null) return [at];
      const here = indicesOf(variable, n).map((index, i) => truth(equal(read.at[i]!, index), thread));
      return [allText([...here, at], d)];
    });
    return ways.length === 0 ? null : anyText(ways, d);
  }
}
