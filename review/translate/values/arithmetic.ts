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
import { firstPage, moved, order } from './address.ts';
import {
  balanced,
  converted,
  demandNoWrap,
  INT,
  leastInt,
  mostInt,
  type Width,
  withWidth,
} from './integer-type.ts';
import { kindOfValue, type Value } from './value.ts';

/** The widest range that a number of the C may take before the model gives up to bound it. */
const widest = 200;

const flag = (e: Expression, from: string | null = null): Value => ({ k: 'int', e, type: boolean, from });
type Int = Value & { readonly k: 'int' };
const one: Int = { k: 'int', e: literal(1), type: range(1, 1), from: null };
const number = (value: number, width: Width, c: Context): Value =>
  sized(literal(value), range(value, value), width, c);
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
  '<<': (a, b) => (a < 0 || b < 0 || b > 31 ? Number.NaN : a * 2 ** b),
  '>>': (a, b) => (b < 0 || b > 31 ? Number.NaN : a >> b),
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
  if (op.startsWith('as ')) return converted(a, op.slice(3), c);
  if (op === '!') return flag(not(isTrue(a, c)), a.k === 'int' ? a.from : null);
  if (op === 'unary -')
    return a.k === 'int' ? sized(negative(a.e), mirrored(a.type), a.width ?? INT, c) : refuse();
  if (op === '++' || op === '--') return arithmetic(op === '++' ? '+' : '-', [a, one], c);
  if (b === undefined) return refuse();
  if (op in comparisons) return compare(op, a, b, c) ?? refuse();
  if (op === '+' || op === '-') return sum(op, a, b, c) ?? refuse();
  if (op === '&' && a.k === 'address' && b.k === 'mask')
    return { ...a, page: b.of === 'slot' ? firstPage : a.page };
  // No vma of the model has the flag; of the others it knows nothing.
  if (op === '&' && a.k === 'thing' && a.what === 'vm_flags' && b.k === 'opaque' && b.what === 'VM_DONTCOPY')
    return flag(literal(0));
  const [x, y] = [staticOf(a), staticOf(b)];
  const operation = onNumbers[op];
  if (operation && x !== null && y !== null && !(y === 0 && (op === '/' || op === '%'))) {
    // A shift has the type of what is shifted.
    const shifts = op === '<<' || op === '>>';
    const [p, q, width] = shifts
      ? [a as Int, b as Int, (a as Int).width ?? INT]
      : balanced(a as Int, b as Int, c);
    if (!['&', '|', '^', '*'].includes(op)) demandNoWrap(op, [p, q], c);
    return number(operation(x, y), width, c);
  }
  if (a.k === 'opaque' && (b.k === 'opaque' || b.k === 'int')) return a;
  return b.k === 'opaque' && a.k === 'int' ? b : refuse();
}

function sum(op: '+' | '-', a: Value, b: Value, c: Context): Value | null {
  const sign = op === '+' ? 1 : -1;
  if (a.k === 'int' && b.k === 'int') {
    const [p, q, width] = balanced(a, b, c);
    const [x, y] = [bounds(a.type), bounds(b.type)];
    const type = op === '+' ? range(x.low + y.low, x.high + y.high) : range(x.low - y.high, x.high - y.low);
    return sized(op === '+' ? plus(p.e, q.e) : minus(p.e, q.e), type, width, c);
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

/** A number that may grow without end has no place in a finite state, and one that does not fit an int depends on its type. */
function sized(e: Expression, given: Type, width: Width, c: Context): Value {
  const type = e.k === 'literal' ? range(e.value, e.value) : given;
  const { low, high } = bounds(type);
  if (!(low >= leastInt && high <= mostInt)) {
    return c.fail('value', 'a number that does not fit an int', 'the model calculates with ints');
  }
  if (high - low > widest) {
    return c.fail(
      'endless',
      'a number that grows with every round cannot be bounded',
      'bound the loop, or drop the counter',
    );
  }
  return withWidth({ k: 'int', e, type, from: null }, width);
}

function compare(op: string, a: Value, b: Value, c: Context): Value | null {
  const comparison = comparisons[op] as (x: Expression, y: Expression) => Expression;
  if (a.k === 'int' && b.k === 'int') {
    const [x, y] = balanced(a, b, c);
    if (op !== '==' && op !== '!=') demandNoWrap(op, [x, y], c);
    return flag(comparison(x.e, y.e), a.from ?? b.from);
  }
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
  if ('mm' in a !== 'mm' in b && a.k === b.k && a.k !== 'lock') return literal(0);
  if (a.k === 'lock' && b.k === 'lock' && a.of === b.of && 'mm' in a === 'mm' in b)
    return equal(a.table, b.table);
  if (a.k === 'entry' && b.k === 'entry' && a.index !== null && b.index !== null) {
    return a.index === b.index ? equal(a.table, b.table) : literal(0);
  }
  if (a.k === 'ref' && b.k === 'ref') return literal(a.name === b.name);
  if (a.k === 'thing' && b.k === 'thing') return literal(a.what === b.what && a.part === b.part);
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
