import type { Effect } from './effect.ts';
import { compute, type Expression } from './expression.ts';
import { bounds, elementAt, type LocalDeclaration, type SharedDeclaration, type Target } from './variable.ts';

/** The values of all shared variables, each an array over its elements. */
export type SharedValues = Readonly<Record<string, readonly number[]>>;
export type LocalValues = Readonly<Record<string, number>>;

/** Everything that an expression of one thread can see. */
export interface Scope {
  readonly declared: ReadonlyMap<string, SharedDeclaration>;
  readonly locals: Readonly<Record<string, LocalDeclaration>>;
  readonly parameters: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, readonly number[]>>;
}

/** Values at one moment. `ended[i]` tells whether thread i has ended. */
export interface Moment {
  readonly shared: SharedValues;
  readonly local: LocalValues;
  readonly ended: readonly boolean[];
}

/** Told of every access while effects and guards are evaluated. */
export interface Observer {
  readonly read: (variable: SharedDeclaration, element: number, value: number) => void;
  readonly write: (
    variable: SharedDeclaration,
    element: number,
    before: number,
    after: number,
    lock: 'acquire' | 'release' | null,
  ) => void;
}

/** A broken promise, with the values that its text asks for. */
export interface Broken {
  readonly check: string;
  readonly needed: string;
  readonly found: string;
  readonly facts: readonly number[];
}

function missing(kind: string, name: string): never {
  throw new ReferenceError(`unknown ${kind} '${name}'`);
}

function variableOf(scope: Scope, name: string): SharedDeclaration {
  return scope.declared.get(name) ?? missing('shared variable', name);
}

/** The value of an expression; throws a RangeError for an index outside its domain, a ReferenceError for an unknown name. */
export function evaluate(e: Expression, scope: Scope, now: Moment, observer?: Observer): number {
  switch (e.k) {
    case 'literal':
      return e.value;
    case 'parameter':
      return scope.parameters[e.name] ?? missing('parameter', e.name);
    case 'local':
      return now.local[e.name] ?? missing('local', e.name);
    case 'shared': {
      const variable = variableOf(scope, e.name);
      const element = elementAt(
        variable,
        e.at.map((i) => evaluate(i, scope, now, observer)),
      );
      const value = now.shared[e.name]?.[element] ?? missing('shared variable', e.name);
      observer?.read(variable, element, value);
      return value;
    }
    case 'unary': {
      const a = evaluate(e.a, scope, now, observer);
      return e.op === '!' ? Number(a === 0) : -a;
    }
    case 'binary': {
      const a = evaluate(e.a, scope, now, observer);
      if (e.op === '&&' && a === 0) return 0;
      if (e.op === '||' && a !== 0) return 1;
      return compute(e.op, a, evaluate(e.b, scope, now, observer));
    }
    case 'conditional':
      return evaluate(
        evaluate(e.test, scope, now, observer) !== 0 ? e.then : e.otherwise,
        scope,
        now,
        observer,
      );
    case 'ended': {
      const group = scope.groups[e.group] ?? missing('group', e.group);
      return Number(group.every((thread) => now.ended[thread]));
    }
  }
}

function store(
  to: Target,
  value: number,
  lock: 'acquire' | 'release' | null,
  scope: Scope,
  now: Moment,
  observer?: Observer,
): Moment {
  if (to.k === 'local') {
    const declared = scope.locals[to.name] ?? missing('local', to.name);
    checkRange(to.name, value, bounds(declared.type));
    return { ...now, local: { ...now.local, [to.name]: value } };
  }
  const variable = variableOf(scope, to.name);
  checkRange(to.name, value, bounds(variable.type));
  const element = elementAt(
    variable,
    to.at.map((i) => evaluate(i, scope, now, observer)),
  );
  const values = now.shared[to.name] ?? missing('shared variable', to.name);
  observer?.write(variable, element, values[element] as number, value, lock);
  return { ...now, shared: { ...now.shared, [to.name]: values.with(element, value) } };
}

function checkRange(name: string, value: number, { low, high }: { low: number; high: number }): void {
  // Written so that NaN (a remainder by 0) is refused as well.
  if (!(value >= low && value <= high))
    throw new RangeError(`${name}: value ${value} is outside ${low} to ${high}`);
}

/**
 * Applies effects in order, copy-on-write. Broken promises are added to `broken`; they are not part of the state. Reads
 * inside assertions are not told to the observer: a promise is not an access, unless it stands in the code.
 */
export function applyEffects(
  effects: readonly Effect[],
  scope: Scope,
  now: Moment,
  broken: Broken[],
  observer?: Observer,
): Moment {
  let moment = now;
  for (const effect of effects) {
    switch (effect.k) {
      case 'set':
        moment = store(
          effect.to,
          evaluate(effect.value, scope, moment, observer),
          effect.lock,
          scope,
          moment,
          observer,
        );
        break;
      case 'assert':
        if (evaluate(effect.that, scope, moment, effect.coded ? observer : undefined) === 0) {
          const { check, needed, found } = effect;
          broken.push({ check, needed, found, facts: effect.facts.map((f) => evaluate(f, scope, moment)) });
        }
        break;
      case 'if': {
        const taken = evaluate(effect.test, scope, moment, observer) !== 0 ? effect.then : effect.otherwise;
        moment = applyEffects(taken, scope, moment, broken, observer);
        break;
      }
    }
  }
  return moment;
}
