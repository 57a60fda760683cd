import { differ } from '../../../model/language/expression.ts';
import { boolean, bounds } from '../../../model/language/variable.ts';
import { quoted } from '../../../model/scenarios/quoted.ts';
import type { Context } from '../actions/step.ts';
import type { Value } from './value.ts';

/** What C calculates with on a 64-bit machine: nothing narrower than an int. */
export interface Width {
  readonly bits: 32 | 64;
  readonly unsigned: boolean;
}

export const INT: Width = { bits: 32, unsigned: false };

type Int = Value & { readonly k: 'int' };

/** Every number of the translation is one of these: larger ones differ from type to type. */
export const leastInt = -(2 ** 31);
export const mostInt = 2 ** 31 - 1;

/** A type whose values all are numbers of the translation. */
interface Narrow {
  readonly low: number;
  readonly high: number;
}

/** Whether a plain char is signed is the compiler's business. */
const narrow: ReadonlyMap<string, Narrow> = new Map([
  ['char', { low: 0, high: 127 }],
  ['char signed', { low: -128, high: 127 }],
  ['char unsigned', { low: 0, high: 255 }],
  ['short', { low: -(2 ** 15), high: 2 ** 15 - 1 }],
  ['short unsigned', { low: 0, high: 2 ** 16 - 1 }],
]);

const wide: ReadonlyMap<string, Width> = new Map([
  ['int', INT],
  ['unsigned', { bits: 32, unsigned: true }],
  ['long', { bits: 64, unsigned: false }],
  ['long unsigned', { bits: 64, unsigned: true }],
]);

/** The types that the kernel makes of them. */
const defined: ReadonlyMap<string, string> = new Map([
  ...[8, 16, 32, 64].flatMap((bits): [string, string][] => {
    const base = { 8: 'char', 16: 'short', 32: '', 64: 'long' }[bits] as string;
    const signed = { 8: 'char signed', 16: 'short', 32: 'int', 64: 'long' }[bits] as string;
    const unsigned = `${base} unsigned`.trim();
    return [
      ...[`u${bits}`, `__u${bits}`, `uint${bits}_t`].map((name): [string, string] => [name, unsigned]),
      ...[`s${bits}`, `__s${bits}`, `int${bits}_t`].map((name): [string, string] => [name, signed]),
    ];
  }),
  ['vm_fault_t', 'unsigned'],
  ['gfp_t', 'unsigned'],
  ['size_t', 'long unsigned'],
  ['ssize_t', 'long'],
  ['pgoff_t', 'long unsigned'],
  ['bool', '_Bool'],
]);

/** The words of a type in one order: `unsigned long int` and `long unsigned` are one type. */
function plainName(type: string): string {
  const words = type.split(' ').filter((word) => !/^(?:const|volatile)$/.test(word));
  const name = words.join(' ');
  if (name.startsWith('enum ')) return 'int';
  const known = defined.get(name);
  if (known !== undefined) return known;
  const kept = words.filter((word) => !(word === 'int' && words.length > 1));
  const isChar = kept.includes('char');
  return (
    [...new Set(kept)]
      .filter((word) => isChar || word !== 'signed')
      .sort()
      .join(' ') || 'int'
  );
}

/**
 * A value as C converts it to a type. One that the type cannot hold, and that would turn into another number, is an error: the model
 * has no modular arithmetic. Values that are no numbers stay what they are.
 */
export function converted(value: Value, type: string, c: Context): Value {
  if (value.k !== 'int') return value;
  const name = plainName(type);
  if (name === 'void') return value;
  if (name === '_Bool') return asBool(value);
  const { low, high } = bounds(value.type);
  const small = narrow.get(name);
  if (small) {
    if (low >= small.low && high <= small.high && !wraps(value)) return withWidth(value, INT);
    return c.fail('value', `a number that ${quoted(type)} may not hold`, 'declare it as an int');
  }
  const width = wide.get(name);
  return width
    ? widened(value, width, c)
    : c.fail('value', `a number of the type ${quoted(type)}, which is not known`, 'declare it as an int');
}

const asBool = (value: Int): Int => {
  const { low, high } = bounds(value.type);
  const truth: Int = low >= 0 && high <= 1 ? value : { ...value, e: differ(value.e, 0), type: boolean };
  return withWidth(truth, INT);
};

/** An unsigned number that the translation keeps as the negative one with the same bits. */
const wraps = (value: Int): boolean => widthOf(value).unsigned && bounds(value.type).low < 0;

const widthOf = (value: Int): Width => value.width ?? INT;

export function withWidth(value: Int, width: Width): Int {
  const { width: _, ...plain } = value;
  return width.bits === 32 && !width.unsigned ? plain : { ...plain, width };
}

/** The number in another width. The bits of -1 as an unsigned int are no longer those of -1 in 64 bits. */
function widened(value: Int, width: Width, c: Context): Int {
  if (wraps(value) && widthOf(value).bits < width.bits) {
    return c.fail('value', 'an unsigned number above 2147483647 that gets wider', 'declare both alike');
  }
  return withWidth(value, width);
}

/** Two numbers in the type in which C calculates with them. */
export function balanced(a: Int, b: Int, c: Context): readonly [Int, Int, Width] {
  const [x, y] = [widthOf(a), widthOf(b)];
  const bits = Math.max(x.bits, y.bits) as 32 | 64;
  const width = { bits, unsigned: [x, y].some((one) => one.bits === bits && one.unsigned) };
  return [widened(a, width, c), widened(b, width, c), width];
}

/** For an operator whose outcome is not that of the negative number with the same bits. */
export function demandNoWrap(op: string, values: readonly Int[], c: Context): void {
  if (!values.some(wraps)) return;
  const what = `'${op}' on an unsigned number that may lie beyond 0 or above 2147483647`;
  c.fail('value', what, 'compare before you subtract, or declare it as an int');
}
