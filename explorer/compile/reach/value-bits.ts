import { bounds, type Type } from '../../../model/language/variable.ts';
import type { Values } from '../../reduce/value-sets.ts';

/** The value that bit 0 stands for. */
const LEAST = -8;
/** Bit 31 stands for all values that have no bit of their own. */
const OTHERS = 1 << 31;
/** All bits of values that have one of their own. */
const ORDINARY = 0x7fffffff;
/** Any value at all. */
export const ANY = -1;

/** The bit of a value. */
export const bitOf = (value: number): number =>
  value >= LEAST && value < LEAST + 31 ? 1 << (value - LEAST) : OTHERS;

const FALSE: number = bitOf(0);
export const TRUE: number = bitOf(1);

/** The value of a bit of its own; null for the others. */
export const valueOfBit = (bits: number): number | null =>
  bits > 0 && (bits & (bits - 1)) === 0 ? 31 - Math.clz32(bits) + LEAST : null;

/** Elements beyond this one have no bit of their own. */
export const LARGEST_ELEMENT: number = LEAST + 30;

/** Sets of values as bits; null is any value. */
export const bitsOf = (values: Values): number =>
  values === null ? ANY : [...values].reduce((bits, v) => bits | bitOf(v), 0);

/** All values of a type, as bits. */
export function bitsOfType(type: Type): number {
  const { low, high } = bounds(type);
  let bits = low < LEAST || high >= LEAST + 31 ? OTHERS : 0;
  for (let v = Math.max(low, LEAST); v <= Math.min(high, LEAST + 30); v++) bits |= bitOf(v);
  return bits;
}

/** The bits of the elements of a domain. */
export const bitsOfDomain = (size: number): number =>
  size === 0 ? 0 : bitsOfType({ kind: 'range', low: 0, high: size - 1 });

const literal = (n: number): string => (n < 0 ? `(${n})` : String(n));
const [NO, YES] = [literal(FALSE), literal(TRUE)];

/**
 * Text of functions that compute with sets of values: what an operation can give if its operands can be these. They may give
 * more than can be, never less. `one` tells whether there is exactly one value.
 */
export const VALUE_BITS_CODE: readonly string[] = [
  `function bit(v) { return v >= ${LEAST} && v < ${LEAST + 31} ? 1 << v - ${LEAST} : ${OTHERS}; }`,
  'function one(a) { return a > 0 && (a & a - 1) === 0 ? 1 : 0; }',
  `function low(a) { return 31 - Math.clz32(a & -a) + ${LEAST}; }`,
  `function high(a) { return 31 - Math.clz32(a) + ${LEAST}; }`,
  `function truth(yes, no) { return (yes ? ${YES} : 0) | (no ? ${NO} : 0); }`,
  `function canBeTrue(a) { return (a & ~${NO}) !== 0 ? 1 : 0; }`,
  `function canBeFalse(a) { return (a & ${NO}) !== 0 ? 1 : 0; }`,
  'function negated(a) { return truth(canBeFalse(a), canBeTrue(a)); }',
  'function conjunction(a, b) { return truth(canBeTrue(a) & canBeTrue(b), canBeFalse(a) | canBeFalse(b)); }',
  'function disjunction(a, b) { return truth(canBeTrue(a) | canBeTrue(b), canBeFalse(a) & canBeFalse(b)); }',
  'function either(test, a, b) { return (canBeTrue(test) ? a : 0) | (canBeFalse(test) ? b : 0); }',
  'function equality(a, b) { return truth(a & b, a === b ? 1 - one(a) : 1); }',
  `function less(a, b) {
if ((a | b) < 0) return ${literal(FALSE | TRUE)};
return truth(low(a) < high(b), high(a) >= low(b));
}`,
  `function moved(a, by) {
if (a < 0) return ${ANY};
if (by > 30 || by < -30) return a === 0 ? 0 : ${OTHERS};
const to = by >= 0 ? a << by & ${ORDINARY} : a >>> -by;
return (by >= 0 ? to >>> by : to << -by) === a ? to : to | ${OTHERS};
}`,
  `function sum(a, b, sign) {
if (b < 0) return ${ANY};
let all = 0;
for (let left = b; left !== 0; left &= left - 1) all |= moved(a, Math.imul(sign, low(left)));
return all;
}`,
  `function product(a, b) { return one(a) && one(b) ? bit(Math.imul(low(a), low(b))) : ${ANY}; }`,
  `function remainder(a, b) {
if ((a | b) < 0) return ${ANY};
let all = 0;
for (let x = a; x !== 0; x &= x - 1) {
for (let y = b; y !== 0; y &= y - 1) if (low(y) !== 0) all |= bit(low(x) % low(y) | 0);
}
return all;
}`,
];
