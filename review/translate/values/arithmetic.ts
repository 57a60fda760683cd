import {
  atLeast,
  atMost,
  differ,
  type Expression,
  equal,
  greater,
  less,
  literal,
  minus,
  NONE,
  negative,
  not,
  plus,
} from '../../../model/language/expression.ts';
import { boolean, bounds, range, type Type } from '../../../model/language/variable.ts';
import type { Context } from '../actions/step.ts';
import { moved, order } from './address.ts';
import { kindOfValue, type Value } from './value.ts';

/** The widest range that a number of the C may take before the model gives up to bound it. */
const widest = 200;

const flag = (e: Expression, from: string | null = null): Value => ({ k: 'int', e, type: boolean, from });
const number = (value: number): Value => ({
  k: 'int',
  e: literal(value),
  type: range(value, value),
  from: null,
});
const staticOf = (value: Value | undefined): number | null =>
  value?.k === 'int' && value.e.k === 'literal' ? value.e.value : null;

const comparisons: Readonly<Record<string, (a: Expression, b: Expression) => Expression>> = {
  '==': equal,
  '!=': differ,
  '<': less,
  '<=': atMost,
  '>': greater,
  '>=': atLeast,
};
const onNumbers: Readonly<Record<string, (a: number, b: number) => number>> = {
  '*': (a, b) => a * b,
  '/': (a, b) => Math.trunc(a / b),
  '%': (a, b) => a % b,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
};

/** An operator of C on values. Throws a PatchError where it has no meaning in the model. */
export function arithmetic(op: string, args: readonly Value[], c: Context): Value {
  const [a, b] = args as [Value, Value | undefined];
  const refuse = (): never => {
    const on = b ? `${kindOfValue(a)} and ${kindOfValue(b)}` : kindOfValue(a);
    return c.fail(
      'value',
      `'${op.replace('unary ', '')}' on ${on} cannot be decided`,
      'the model does not keep enough of it',
    );
  };
  if (op === '!') return flag(not(isTrue(a, c)), a.k === 'int' ? a.from : null);
  if (op === 'unary -') return a.k === 'int' ? sized(negative(a.e), mirrored(a.type), c) : refuse();
  if (op === '++' || op === '--') return arithmetic(op === '++' ? '+' : '-', [a, number(1)], c);
  if (b === undefined) return refuse();
  if (op in comparisons) return compare(op, a, b, c) ?? refuse();
  if (op === '+' || op === '-') return sum(op, a, b, c) ?? refuse();
  if (op === '&' && a.k === 'address' && b.k === 'mask') return { ...a, page: b.of === 'slot' ? 0 : a.page };
  const [x, y] = [staticOf(a), staticOf(b)];
  const operation = onNumbers[op];
  if (operation && x !== null && y !== null && !(y === 0 && (op === '/' || op === '%')))
    return number(operation(x, y));
  if (a.k === 'opaque' && (b.k === 'opaque' || b.k === 'int')) return a;
  return b.k === 'opaque' && a.k === 'int' ? b : refuse();
}

function sum(op: '+' | '-', a: Value, b: Value, c: Context): Value | null {
  const sign = op === '+' ? 1 : -1;
  if (a.k === 'int' && b.k === 'int') {
    const [x, y] = [bounds(a.type), bounds(b.type)];
    const type = op === '+' ? range(x.low + y.low, x.high + y.high) : range(x.low - y.high, x.high - y.low);
    return sized(op === '+' ? plus(a.e, b.e) : minus(a.e, b.e), type, c);
  }
  if (a.k === 'address' && b.k === 'distance') return moved(a, sign * b.slots, sign * b.pages, c);
  if (a.k === 'distance' && b.k === 'address' && op === '+') return moved(b, a.slots, a.pages, c);
  const steps = staticOf(b);
  if (a.k === 'entry' && steps !== null) {
    if (a.index === null)
      return c.fail(
        'value',
        'a step from an entry that is not known',
        'mask the address with PMD_MASK first',
      );
    return { ...a, index: a.index + sign * steps };
  }
  return null;
}

const mirrored = (type: Type): Type => range(-bounds(type).high, -bounds(type).low);

/** A number that may grow without end has no place in a finite state. */
function sized(e: Expression, type: Type, c: Context): Value {
  if (e.k === 'literal') return number(e.value);
  const { low, high } = bounds(type);
  if (high - low > widest) {
    return c.fail(
      'endless',
      'a number that grows with every round cannot be bounded',
      'bound the loop, or drop the counter',
    );
  }
  return { k: 'int', e, type, from: null };
}

function compare(op: string, a: Value, b: Value, c: Context): Value | null {
  const comparison = comparisons[op] as (x: Expression, y: Expression) => Expression;
  if (a.k === 'int' && b.k === 'int') return flag(comparison(a.e, b.e), a.from ?? b.from);
  if (a.k === 'address' && b.k === 'address') return flag(comparison(literal(order(a, b, c)), literal(0)));
  if (op !== '==' && op !== '!=') return null;
  const same = sameThing(a, b, c);
  if (same === null) return null;
  return flag(op === '==' ? same : not(same));
}

/** Whether two pointers are equal; null where that cannot be said. */
function sameThing(a: Value, b: Value, c: Context): Expression | null {
  if (b.k === 'null') return not(isTrue(a, c));
  if (a.k === 'null') return not(isTrue(b, c));
  if (a.k === 'table' && b.k === 'table') return equal(a.table, b.table);
  if (a.k === 'lock' && b.k === 'lock' && a.of === b.of) return equal(a.table, b.table);
  if (a.k === 'entry' && b.k === 'entry' && a.index !== null && b.index !== null) {
    return a.index === b.index ? equal(a.table, b.table) : literal(0);
  }
  if (a.k === 'ref' && b.k === 'ref') return literal(a.name === b.name);
  if (a.k === 'thing' && b.k === 'thing') return literal(a.what === b.what);
  if ((a.k === 'ref') !== (b.k === 'ref')) return literal(0);
  if (a.k !== 'slot' || b.k !== 'slot') return null;
  return JSON.stringify(a.slot) === JSON.stringify(b.slot) ? literal(1) : null;
}

/** The condition that C tests: a number other than 0, a pointer other than NULL. */
export function isTrue(value: Value, c: Context): Expression {
  switch (value.k) {
    case 'int':
      return bounds(value.type).low >= 0 && bounds(value.type).high <= 1 ? value.e : differ(value.e, 0);
    case 'null':
      return literal(0);
    case 'table':
      return value.known ? literal(1) : differ(value.table, NONE);
    case 'slot':
    case 'entry':
    case 'lock':
    case 'thing':
    case 'ref':
      return literal(1);
    default:
      return c.fail(
        'value',
        `a condition on ${kindOfValue(value)}`,
        'the model does not keep what it depends on',
      );
  }
}
