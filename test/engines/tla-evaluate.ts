import type { Definition, Module, Tree } from './tla-parse.ts';

/** A value is a number, truth, text, set, or a function by the JSON text of its argument. */
type Value = number | boolean | string | readonly Value[] | ReadonlyMap<string, Value>;
type State = ReadonlyMap<string, Value>;

/** What names stand for: parameters, and operators of a LET, which see what was there where they were defined. */
type Scope = ReadonlyMap<string, Value | { readonly definition: Definition; readonly scope: Scope }>;

const isMap = (v: unknown): v is ReadonlyMap<string, Value> => v instanceof Map;
const keyOf = (indices: readonly Value[]): string =>
  JSON.stringify(indices.length === 1 ? indices[0] : indices);
const same = (a: Value, b: Value): boolean => JSON.stringify(plain(a)) === JSON.stringify(plain(b));
const plain = (v: Value): unknown => (isMap(v) ? [...v].map(([k, x]) => [k, plain(x)]) : v);

export class AssertionFailed extends Error {}

/** Walks a module as TLC does: what stands left is known to what stands right, the first equation of a primed variable sets it. */
class Walker {
  private readonly module: Module;

  constructor(module: Module) {
    this.module = module;
  }

  /** The one initial state. */
  initial(): State {
    const [state] = this.steps({ k: 'name', name: 'Init' }, new Map(), new Map(), new Map(), false);
    return state!;
  }

  /** All successors, each as often as an action has it. */
  successors(now: State): State[] {
    return this.steps({ k: 'name', name: 'Next' }, now, new Map(), new Map(), true);
  }

  holds(name: string, now: State): boolean {
    return this.value({ k: 'name', name }, now, null, new Map()) === true;
  }

  /** The states to which a formula can lead, given those variables that are set already. */
  private steps(tree: Tree, now: State, next: State, scope: Scope, primed: boolean): State[] {
    const go = (t: Tree, n: State, s: Scope = scope): State[] => this.steps(t, now, n, s, primed);
    if (tree.k === 'op' && tree.op === '/\\')
      return tree.args.reduce<State[]>((states, t) => states.flatMap((n) => go(t, n)), [next]);
    if (tree.k === 'op' && tree.op === '\\/') return tree.args.flatMap((t) => go(t, next));
    if (tree.k === 'op' && tree.op === 'UNCHANGED') {
      const [tuple] = tree.args;
      const names = tuple?.k === 'tuple' ? tuple.items : [];
      return [new Map([...next, ...names.map((v) => this.kept(v, now))])];
    }
    if (tree.k === 'name' || tree.k === 'let') {
      if (tree.k === 'let') return go(tree.body, next, this.within(tree.definitions, scope));
      const definition = this.module.definitions.get(tree.name);
      if (definition) return go(definition.body, next, new Map());
    }
    if (tree.k === 'op' && tree.op === '=') {
      const [left, right] = tree.args as [Tree, Tree];
      const variable = primed ? (left.k === 'prime' ? left.of : null) : left;
      if (
        variable?.k === 'name' &&
        this.module.variables.includes(variable.name) &&
        !next.has(variable.name)
      ) {
        const value = this.value(right, primed ? now : next, primed ? next : null, scope);
        return [new Map([...next, [variable.name, value]])];
      }
    }
    return this.value(tree, primed ? now : next, primed ? next : null, scope) === true ? [next] : [];
  }

  private kept(tree: Tree, now: State): [string, Value] {
    if (tree.k !== 'name') throw new TypeError('UNCHANGED of something that is no variable');
    return [tree.name, now.get(tree.name)!];
  }

  private within(definitions: readonly Definition[], scope: Scope): Scope {
    let inner: Scope = scope;
    for (const definition of definitions)
      inner = new Map([...inner, [definition.name, { definition, scope: inner }]]);
    return inner;
  }

  private value(tree: Tree, now: State, next: State | null, scope: Scope): Value {
    const of = (t: Tree): Value => this.value(t, now, next, scope);
    switch (tree.k) {
      case 'number':
      case 'string':
        return tree.value;
      case 'name':
        return this.named(tree.name, [], now, next, scope);
      case 'call':
        return this.named(tree.name, tree.args.map(of), now, next, scope);
      case 'prime':
        if (next === null) throw new TypeError('a primed variable in a formula of one state');
        return this.value(tree.of, next, null, scope);
      case 'at': {
        const f = of(tree.of);
        const found = isMap(f) ? f.get(keyOf(tree.indices.map(of))) : undefined;
        if (found === undefined) throw new RangeError('a function is applied outside its domain');
        return found;
      }
      case 'except': {
        const f = of(tree.of);
        const key = keyOf(tree.indices.map(of));
        if (!isMap(f) || !f.has(key)) throw new RangeError('EXCEPT outside the domain');
        return new Map([...f, [key, of(tree.value)]]);
      }
      case 'function': {
        const sets = tree.over.map((o) => of(o.set) as readonly Value[]);
        const combined = sets.reduce<Value[][]>(
          (all, set) => all.flatMap((a) => set.map((v) => [...a, v])),
          [[]],
        );
        return new Map(
          combined.map((values) => {
            const inner = new Map([...scope, ...tree.over.map((o, i) => [o.name, values[i]!] as const)]);
            return [keyOf(values), this.value(tree.body, now, next, inner)];
          }),
        );
      }
      case 'if':
        return of(tree.test) === true ? of(tree.then) : of(tree.otherwise);
      case 'case': {
        const arm = tree.arms.find((a) => a.test === null || of(a.test) === true);
        if (!arm) throw new RangeError('no arm of a CASE is open');
        return of(arm.value);
      }
      case 'let':
        return this.value(tree.body, now, next, this.within(tree.definitions, scope));
      case 'all':
      case 'some': {
        const each = (v: Value): boolean =>
          this.value(tree.body, now, next, new Map([...scope, [tree.name, v]])) === true;
        const set = of(tree.set) as readonly Value[];
        return tree.k === 'all' ? set.every(each) : set.some(each);
      }
      case 'set':
      case 'tuple':
        return tree.items.map(of);
      case 'functions':
        throw new TypeError('a set of functions is only asked for membership');
      case 'op':
        return this.operator(tree.op, tree.args, now, next, scope);
    }
  }

  private named(name: string, args: readonly Value[], now: State, next: State | null, scope: Scope): Value {
    if (name === 'TRUE' || name === 'FALSE') return name === 'TRUE';
    if (name === 'Assert') {
      if (args[0] !== true) throw new AssertionFailed(JSON.stringify(args[1]));
      return true;
    }
    const local = scope.get(name);
    if (local !== undefined) {
      if (typeof local !== 'object' || isMap(local) || !('definition' in local)) return local as Value;
      return this.value(local.definition.body, now, next, local.scope);
    }
    const definition = this.module.definitions.get(name);
    if (definition) {
      const inner = new Map(definition.parameters.map((p, i) => [p, args[i]!] as const));
      return this.value(definition.body, now, next, inner);
    }
    const value = now.get(name);
    if (value === undefined) throw new ReferenceError(`'${name}' has no value here`);
    return value;
  }

  private operator(op: string, args: readonly Tree[], now: State, next: State | null, scope: Scope): Value {
    const of = (t: Tree): Value => this.value(t, now, next, scope);
    const number = (n: number): number => {
      const value = of(args[n]!);
      if (typeof value !== 'number') throw new TypeError(`${op} of something that is no number`);
      return value;
    };
    const truth = (t: Tree): boolean => {
      const value = of(t);
      if (typeof value !== 'boolean') throw new TypeError(`${op} of something that is no truth value`);
      return value;
    };
    switch (op) {
      case '/\\':
        return args.every(truth);
      case '\\/':
        return args.some(truth);
      case '=>':
        return !truth(args[0]!) || truth(args[1]!);
      case '~':
        return !truth(args[0]!);
      case 'negative':
        return -number(0);
      case '=':
      case '#': {
        const [a, b] = [of(args[0]!), of(args[1]!)];
        if (typeof a !== typeof b) throw new TypeError('a comparison of different kinds of values');
        return same(a, b) === (op === '=');
      }
      case '\\in':
        return this.isIn(of(args[0]!), args[1]!, now, next, scope);
      case 'ENABLED':
        return this.steps(args[0]!, now, new Map(), scope, true).length > 0;
      case '..': {
        const [low, high] = [number(0), number(1)];
        return Array.from({ length: Math.max(0, high - low + 1) }, (_, n) => low + n);
      }
      case '\\X':
        return (of(args[0]!) as Value[]).flatMap((a) => (of(args[1]!) as Value[]).map((b) => [a, b]));
      default:
        return arithmetic(op, number(0), number(1));
    }
  }

  private isIn(value: Value, set: Tree, now: State, next: State | null, scope: Scope): boolean {
    if (set.k !== 'functions') {
      return (this.value(set, now, next, scope) as readonly Value[]).some((v) => same(v, value));
    }
    const from = (this.value(set.from, now, next, scope) as readonly Value[]).map((v) => JSON.stringify(v));
    return (
      isMap(value) &&
      JSON.stringify([...value.keys()].sort()) === JSON.stringify(from.sort()) &&
      [...value.values()].every((v) => this.isIn(v, set.to, now, next, scope))
    );
  }
}

function arithmetic(op: string, a: number, b: number): Value {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '%':
      // TLC refuses a divisor that is not positive; the remainder is never negative.
      if (b <= 0) throw new RangeError('the divisor of % is not positive');
      return ((a % b) + b) % b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      throw new TypeError(`unknown operator ${op}`);
  }
}

/** Distinct states, generated states without the initial one, and the invariants that some state breaks. */
export function walk(module: Module, invariants: readonly string[]) {
  const walker = new Walker(module);
  const text = (s: State): string => JSON.stringify(module.variables.map((v) => plain(s.get(v)!)));
  const first = walker.initial();
  const seen = new Set([text(first)]);
  const queue = [first];
  const broken = new Set<string>();
  let transitions = 0;
  for (const now of queue) {
    for (const name of invariants) if (!walker.holds(name, now)) broken.add(name);
    for (const next of walker.successors(now)) {
      transitions++;
      const key = text(next);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return { states: seen.size, transitions, broken: [...broken].sort() };
}
