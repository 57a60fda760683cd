import type { Effect } from '../../model/language/effect.ts';
import type { Expression } from '../../model/language/expression.ts';
import type { Scope } from '../../model/language/interpreter.ts';
import { initialConfiguration } from '../program/configuration.ts';
import type { Program, ProgramBranch, ProgramEvent } from '../program/program.ts';
import {
  canBeFalse,
  canBeTrue,
  elementsOf,
  joined,
  type Possible,
  type Values,
  valuesOf,
  within,
} from './value-sets.ts';

type Locals = ReadonlyMap<string, Values>;

/** A branch that some run may take, with what its effects may find. */
export interface LiveBranch {
  readonly branch: ProgramBranch;
  readonly before: Possible;
}

/**
 * For every variable at least the values that it has in some reachable state: of locals place by place, of shared elements at
 * any time, whoever stores them in whatever order (Cousot and Cousot 1977, with finite sets as the abstract domain). It tells
 * which elements an index held in a local can mean, and which tests always come out the same.
 */
export class ValueFlow {
  private readonly program: Program;
  private readonly shared: ReadonlyMap<string, Values[]>;
  /** By thread and place; null where no run arrives. */
  private readonly locals: (Locals | null)[][];
  private grown = true;

  constructor(program: Program) {
    this.program = program;
    const initial = initialConfiguration(program);
    this.shared = new Map(
      Object.entries(initial.shared).map(([name, values]) => [name, values.map((v) => new Set([v]))]),
    );
    this.locals = program.threads.map((thread) => thread.places.map(() => null));
    for (const { number, entry, locals } of program.threads) {
      this.locals[number]![entry] = new Map(locals.map((l) => [l.name, new Set([l.initial])]));
    }
    while (this.grown) this.round();
  }

  /** What conditions and monitors may find. */
  seenBy(scope: Scope): Possible {
    return { scope, local: new Map(), shared: this.shared };
  }

  /** What the guards of a place may find; null where no run arrives. */
  at(thread: number, place: number): Possible | null {
    const local = this.locals[thread]![place];
    return local ? { scope: this.program.threads[thread]!.scope, local, shared: this.shared } : null;
  }

  private round(): void {
    this.grown = false;
    for (const { number, places } of this.program.threads) {
      for (const place of places) {
        const before = this.at(number, place.number);
        if (before === null) continue;
        for (const event of place.events) {
          for (const live of liveBranches(event, before)) {
            const after = follow(live.branch.effects, live.before, (effect, now) => this.store(effect, now));
            this.arrive(number, live.branch.target, after.local);
          }
        }
      }
    }
  }

  private store(effect: Effect, now: Possible): void {
    if (effect.k !== 'set' || effect.to.k !== 'shared') return;
    const { name } = effect.to;
    const stored = within(valuesOf(effect.value, now), this.program.declared.get(name)!.type);
    const values = this.shared.get(name)!;
    for (const element of elementsOf(effect.to, now)) {
      const more = joined(values[element]!, stored);
      this.grown ||= more?.size !== values[element]?.size;
      values[element] = more;
    }
  }

  private arrive(thread: number, place: number, local: Locals): void {
    const known = this.locals[thread]![place];
    const more = known ? joinedLocals(known, local) : local;
    this.grown ||= !known || [...more].some(([name, values]) => values?.size !== known.get(name)?.size);
    this.locals[thread]![place] = more;
  }
}

const joinedLocals = (a: Locals, b: Locals): Locals =>
  new Map([...a].map(([name, values]) => [name, joined(values, b.get(name)!)]));

/** The branches of an event that may be taken, in order. */
export function liveBranches(event: ProgramEvent, before: Possible): LiveBranch[] {
  const live: LiveBranch[] = [];
  let now = before;
  for (const branch of event.branches) {
    const test = branch.guard ? valuesOf(branch.guard, now) : new Set([1]);
    if (canBeTrue(test)) live.push({ branch, before: branch.guard ? assumed(branch.guard, true, now) : now });
    if (!branch.guard || !canBeFalse(test)) break;
    now = assumed(branch.guard, false, now);
  }
  return live;
}

/** Follows effects in order; `visit` is told each of them with what it may find. Gives what comes after the last. */
export function follow(
  effects: readonly Effect[],
  before: Possible,
  visit: (effect: Effect, now: Possible) => void,
): Possible {
  let now = before;
  for (const effect of effects) {
    visit(effect, now);
    if (effect.k === 'set' && effect.to.k === 'local') {
      const { type } = now.scope.locals[effect.to.name]!;
      const values = within(valuesOf(effect.value, now), type);
      now = { ...now, local: new Map(now.local).set(effect.to.name, values) };
    } else if (effect.k === 'if') {
      const test = valuesOf(effect.test, now);
      const ways: Locals[] = [];
      if (canBeTrue(test)) ways.push(follow(effect.then, assumed(effect.test, true, now), visit).local);
      if (canBeFalse(test))
        ways.push(follow(effect.otherwise, assumed(effect.test, false, now), visit).local);
      // No way: an expression that has no value raised an error of the model.
      if (ways.length > 0) now = { ...now, local: ways.reduce(joinedLocals) };
    }
  }
  return now;
}

/** What is possible where a test came out so: locals that are compared with a constant are narrowed. */
function assumed(test: Expression, truth: boolean, now: Possible): Possible {
  if (test.k === 'unary' && test.op === '!') return assumed(test.a, !truth, now);
  if (test.k === 'local') return narrowed(test.name, (v) => (v !== 0) === truth, now);
  if (test.k !== 'binary') return now;
  if (test.op === (truth ? '&&' : '||')) return assumed(test.b, truth, assumed(test.a, truth, now));
  if (test.op !== '==' && test.op !== '!=') return now;
  for (const [x, y] of [
    [test.a, test.b],
    [test.b, test.a],
  ] as const) {
    if (x.k !== 'local' || y.k !== 'literal') continue;
    return narrowed(x.name, (v) => (v === y.value) === ((test.op === '==') === truth), now);
  }
  return now;
}

function narrowed(name: string, keep: (value: number) => boolean, now: Possible): Possible {
  const values = now.local.get(name) ?? null;
  if (values === null) return now;
  return { ...now, local: new Map(now.local).set(name, new Set([...values].filter(keep))) };
}
