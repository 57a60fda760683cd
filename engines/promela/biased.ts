import type { Effect } from '../../model/language/effect.ts';
import {
  type Binary,
  type Expression,
  type LocalRead,
  literal,
  minus,
  plus,
  type SharedRead,
} from '../../model/language/expression.ts';

/** What is added to the values of a variable so that none is negative; 0 for most. */
export type Bias = (read: SharedRead | LocalRead) => number;

/**
 * Expressions over variables that hold their value plus a bias. SPIN's list of initial values takes no negative numbers,
 * and a byte is a quarter of an int in every stored state: "none", which is -1, is therefore kept as 0.
 */
export function biasedExpression(e: Expression, bias: Bias): Expression {
  const sub = (x: Expression): Expression => biasedExpression(x, bias);
  switch (e.k) {
    case 'literal':
    case 'parameter':
    case 'ended':
      return e;
    case 'local':
      return minusBias(e, bias(e));
    case 'shared':
      return minusBias({ ...e, at: e.at.map(sub) }, bias(e));
    case 'unary':
      return { ...e, a: sub(e.a) };
    case 'binary':
      return comparedBiased(e, bias) ?? { ...e, a: sub(e.a), b: sub(e.b) };
    case 'conditional':
      return { ...e, test: sub(e.test), then: sub(e.then), otherwise: sub(e.otherwise) };
  }
}

const minusBias = (read: Expression, by: number): Expression => (by === 0 ? read : minus(read, by));

const comparisons: readonly string[] = ['==', '!=', '<', '<=', '>', '>='];

/** A variable against a number: the number moves instead. */
function comparedBiased(e: Binary, bias: Bias): Expression | null {
  if (!comparisons.includes(e.op)) return null;
  const by = (x: Expression): number => (x.k === 'shared' || x.k === 'local' ? bias(x) : 0);
  const raw = (x: Expression): Expression =>
    x.k === 'shared' ? { ...x, at: x.at.map((i) => biasedExpression(i, bias)) } : x;
  const [left, right] = [by(e.a), by(e.b)];
  if (left > 0 && e.b.k === 'literal') return { ...e, a: raw(e.a), b: literal(e.b.value + left) };
  if (right > 0 && e.a.k === 'literal') return { ...e, a: literal(e.a.value + right), b: raw(e.b) };
  return left > 0 && left === right ? { ...e, a: raw(e.a), b: raw(e.b) } : null;
}

/** The number that is stored for a value. */
function stored(value: Expression, by: number, bias: Bias): Expression {
  if (by === 0) return biasedExpression(value, bias);
  if ((value.k === 'shared' || value.k === 'local') && bias(value) === by)
    return value.k === 'shared' ? { ...value, at: value.at.map((i) => biasedExpression(i, bias)) } : value;
  if (value.k === 'conditional')
    return {
      ...value,
      test: biasedExpression(value.test, bias),
      then: stored(value.then, by, bias),
      otherwise: stored(value.otherwise, by, bias),
    };
  return plus(biasedExpression(value, bias), by);
}

/** Effects over such variables. */
export const biasedEffects = (effects: readonly Effect[], bias: Bias): readonly Effect[] =>
  effects.map((effect) => biasedEffect(effect, bias));

function biasedEffect(effect: Effect, bias: Bias): Effect {
  switch (effect.k) {
    case 'set': {
      const { to } = effect;
      const value = stored(effect.value, bias(to), bias);
      if (to.k === 'local') return { ...effect, value };
      return { ...effect, value, to: { ...to, at: to.at.map((i) => biasedExpression(i, bias)) } };
    }
    case 'assert':
      return { ...effect, that: biasedExpression(effect.that, bias) };
    case 'if':
      return {
        ...effect,
        test: biasedExpression(effect.test, bias),
        then: biasedEffects(effect.then, bias),
        otherwise: biasedEffects(effect.otherwise, bias),
      };
  }
}
