import {
  type BinaryOperator,
  compute,
  type Expression,
  type SharedRead,
} from '../../model/language/expression.ts';
import type { Scope } from '../../model/language/interpreter.ts';
import { bounds, type Type } from '../../model/language/variable.ts';
import { walk } from '../program/accesses.ts';

/** Values that something can have; null stands for any. */
export type Values = ReadonlySet<number> | null;

/** Beyond this many values a set is not worth its time. */
const MOST = 64;
const TRUTH: Values = new Set([0, 1]);

/** What an expression may find: the values of locals at one place, and those of shared elements at any time. */
export interface Possible {
  readonly scope: Scope;
  readonly local: ReadonlyMap<string, Values>;
  readonly shared: ReadonlyMap<string, readonly Values[]>;
}

export const joined = (a: Values, b: Values): Values => {
  if (a === null || b === null) return null;
  const all = new Set([...a, ...b]);
  return all.size > MOST ? null : all;
};

/** All values of a type. */
function allOf(type: Type): Values {
  const { low, high } = bounds(type);
  return high - low >= MOST ? null : new Set(Array.from({ length: high - low + 1 }, (_, i) => low + i));
}

/** Those values that a variable of the type takes: an effect that stores another is an error of the model, and no step. */
export function within(values: Values, type: Type): Values {
  if (values === null) return allOf(type);
  const { low, high } = bounds(type);
  return new Set([...values].filter((v) => v >= low && v <= high));
}

export const canBeTrue = (values: Values): boolean => values === null || [...values].some((v) => v !== 0);
export const canBeFalse = (values: Values): boolean => values === null || values.has(0);

/** Is there only one value? Then whoever reads it learns nothing. */
export const isConstant = (values: Values): boolean => values !== null && values.size <= 1;

const isComparison = (op: BinaryOperator): boolean => ['==', '!=', '<', '<=', '>', '>='].includes(op);

function pairs(op: BinaryOperator, a: Values, b: Values): Values {
  const unknown = isComparison(op) ? TRUTH : null;
  if (a === null || b === null) return unknown;
  const found = new Set<number>();
  for (const x of a) {
    for (const y of b) {
      const value = compute(op, x, y);
      if (!Number.isNaN(value)) found.add(value);
      if (found.size > MOST) return null;
    }
    if (isComparison(op) && found.size === 2) return TRUTH;
  }
  return found;
}

function connected(op: '&&' | '||', a: Values, b: Values): Values {
  const found = new Set<number>();
  const decides = op === '&&' ? canBeFalse(a) : canBeTrue(a);
  const goesOn = op === '&&' ? canBeTrue(a) : canBeFalse(a);
  if (decides) found.add(op === '&&' ? 0 : 1);
  if (goesOn && canBeTrue(b)) found.add(1);
  if (goesOn && canBeFalse(b)) found.add(0);
  return found;
}

/** The values that a folded expression can have: at least all that it has in some reachable state. */
export function valuesOf(e: Expression, possible: Possible): Values {
  switch (e.k) {
    case 'literal':
      return new Set([e.value]);
    case 'local':
      return possible.local.get(e.name) ?? null;
    case 'shared': {
      const values = possible.shared.get(e.name)!;
      let found: Values = new Set();
      for (const element of elementsOf(e, possible)) found = joined(found, values[element]!);
      return found;
    }
    case 'unary': {
      const a = valuesOf(e.a, possible);
      if (a === null) return e.op === '!' ? TRUTH : null;
      return new Set([...a].map((v) => (e.op === '!' ? Number(v === 0) : 0 - v)));
    }
    case 'binary': {
      const [a, b] = [valuesOf(e.a, possible), valuesOf(e.b, possible)];
      return e.op === '&&' || e.op === '||' ? connected(e.op, a, b) : pairs(e.op, a, b);
    }
    case 'conditional': {
      const test = valuesOf(e.test, possible);
      const then = canBeTrue(test) ? valuesOf(e.then, possible) : new Set<number>();
      return canBeFalse(test) ? joined(then, valuesOf(e.otherwise, possible)) : then;
    }
    case 'ended':
      return TRUTH;
    case 'parameter':
      throw new ReferenceError(`parameter '${e.name}' was not folded`);
  }
}

/** The elements that a read or a store may mean; an index outside its domain is an error of the model, and no access. */
export function elementsOf(at: SharedRead, possible: Possible): number[] {
  let elements = [0];
  possible.scope.declared.get(at.name)!.over.forEach((domain, d) => {
    const values = valuesOf(at.at[d]!, possible);
    const indices = Array.from({ length: domain.size }, (_, i) => i).filter(
      (i) => values === null || values.has(i),
    );
    elements = elements.flatMap((n) => indices.map((i) => n * domain.size + i));
  });
  return elements;
}

/** May its evaluation be an error of the model: an index outside its domain, a remainder by 0? */
export function canFail(e: Expression, possible: Possible): boolean {
  let found = false;
  walk(e, (x) => {
    if (x.k === 'binary' && x.op === '%') found ||= canBeFalse(valuesOf(x.b, possible));
    if (x.k !== 'shared') return;
    x.at.forEach((index, d) => {
      const { size } = possible.scope.declared.get(x.name)!.over[d]!;
      const values = valuesOf(index, possible);
      found ||= values === null || [...values].some((v) => v < 0 || v >= size);
    });
  });
  return found;
}
