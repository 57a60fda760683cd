import type { Expression } from '../../model/language/expression.ts';
import type { Scope } from '../../model/language/interpreter.ts';
import { bounds } from '../../model/language/variable.ts';

/** All values that an expression can have lie from low to high. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

const TRUTH: Interval = { low: 0, high: 1 };

function corners(a: Interval, b: Interval, f: (x: number, y: number) => number): Interval {
  const all = [f(a.low, b.low), f(a.low, b.high), f(a.high, b.low), f(a.high, b.high)];
  return { low: Math.min(...all), high: Math.max(...all) };
}

function remainder(a: Interval, b: Interval): Interval {
  // The sign is that of the dividend, as in C and JavaScript.
  const most = Math.max(Math.abs(b.low), Math.abs(b.high)) - 1;
  return { low: a.low < 0 ? -Math.min(most, -a.low) : 0, high: a.high > 0 ? Math.min(most, a.high) : 0 };
}

/** Where the values of a folded expression lie, from the types of what it reads. */
export function interval(e: Expression, scope: Scope): Interval {
  const found = within(e, scope);
  if (found.low < -(2 ** 31) || found.high >= 2 ** 31)
    throw new RangeError('an expression may exceed 32 bits');
  return found;
}

function within(e: Expression, scope: Scope): Interval {
  switch (e.k) {
    case 'literal':
      return { low: e.value, high: e.value };
    case 'local':
      return bounds(scope.locals[e.name]!.type);
    case 'shared':
      return bounds(scope.declared.get(e.name)!.type);
    case 'unary': {
      if (e.op === '!') return TRUTH;
      const a = interval(e.a, scope);
      return { low: 0 - a.high, high: 0 - a.low };
    }
    case 'binary': {
      const a = interval(e.a, scope);
      const b = interval(e.b, scope);
      switch (e.op) {
        case '+':
          return { low: a.low + b.low, high: a.high + b.high };
        case '-':
          return { low: a.low - b.high, high: a.high - b.low };
        case '*':
          return corners(a, b, (x, y) => x * y);
        case '%':
          return remainder(a, b);
        default:
          return TRUTH;
      }
    }
    case 'conditional': {
      const a = interval(e.then, scope);
      const b = interval(e.otherwise, scope);
      return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
    }
    case 'ended':
      return TRUTH;
    case 'parameter':
      throw new ReferenceError(`parameter '${e.name}' was not folded`);
  }
}
