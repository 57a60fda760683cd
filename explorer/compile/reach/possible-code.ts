import type { Binary, Expression, SharedRead } from '../../../model/language/expression.ts';
import type { bounds, SharedDeclaration } from '../../../model/language/variable.ts';
import type { Locations } from '../../reduce/locations.ts';
import { canFail, elementsOf, isConstant, type Possible, valuesOf } from '../../reduce/value-sets.ts';
import { ANY, bitOf, bitsOf, bitsOfDomain, bitsOfType, valueOfBit } from './value-bits.ts';

/** What the code of possible values is generated in. */
export interface PossibleContext {
  readonly locations: Locations;
  /** What any run may find here: narrows what is found at run time, and folds what is always the same. */
  readonly always: Possible;
  /** Code for the values of a local. */
  readonly local: (name: string) => string;
  /** Variables whose values are followed; the others may hold anything. */
  readonly steering: ReadonlySet<string>;
  /** Told of every number in `Can` that the code reads. */
  readonly asks: (at: number) => void;
}

const number = (n: number): string => (n < 0 ? `(${n})` : String(n));

/** The elements that a read or store can mean: one known, those that one index picks, or simply all that any run may find. */
export type Picked =
  | { readonly k: 'one'; readonly location: number }
  | {
      readonly k: 'row';
      readonly first: number;
      readonly step: number;
      readonly size: number;
      readonly bits: string;
      readonly locations: readonly number[];
    }
  | { readonly k: 'any'; readonly locations: readonly number[] };

/** The numbers of the elements that may be picked. */
const numbersOf = (p: Picked): readonly number[] => {
  return p.k === 'one' ? [p.location] : p.locations;
};

export function picked(at: SharedRead, c: PossibleContext): Picked {
  const { over } = c.always.scope.declared.get(at.name) as SharedDeclaration;
  const known = at.at.map((i) => valuesOf(i, c.always));
  const open = known.flatMap((values, d) => (isConstant(values) && values?.size === 1 ? [] : [d]));
  const fixed = known.map((values) => (values?.size === 1 ? [...values][0]! : 0));
  const inside = over.every((domain, d) => open.includes(d) || (fixed[d]! >= 0 && fixed[d]! < domain.size));
  const locations = elementsOf(at, c.always).map((n) => c.locations.element(at.name, n));
  if (!inside || open.length > 1) return { k: 'any', locations };
  const first = over.reduce((n, domain, d) => n * domain.size + (open.includes(d) ? 0 : fixed[d]!), 0);
  if (open.length === 0) return { k: 'one', location: c.locations.element(at.name, first) };
  const step = over.slice(open[0]! + 1).reduce((n, domain) => n * domain.size, 1);
  const { size } = over[open[0]!]!;
  // What the sets of bits cannot tell apart, a product or a large value, is none that no run finds here.
  const bits = `(${possibleCode(at.at[open[0]!]!, c)} & ${number(bitsOf(known[open[0]!]!))})`;
  return { k: 'row', first: c.locations.element(at.name, first), step, size, bits, locations };
}

/** Code for the values, as bits, that a folded expression can have. */
export function possibleCode(e: Expression, c: PossibleContext): string {
  const values = valuesOf(e, c.always);
  if (values?.size === 1) return number(bitsOf(values));
  switch (e.k) {
    case 'literal':
      return number(bitOf(e.value));
    case 'local':
      return `(${c.local(e.name)} & ${number(bitsOf(values))})`;
    case 'shared': {
      if (!c.steering.has(e.name)) return number(ANY);
      const p = picked(e, c);
      for (const at of numbersOf(p)) c.asks(at);
      if (p.k === 'one') return `Can[${p.location}]`;
      if (p.k === 'row') return `among(${p.first}, ${p.step}, ${p.size}, ${p.bits})`;
      return p.locations.length === 0 ? '0' : `(${p.locations.map((n) => `Can[${n}]`).join(' | ')})`;
    }
    case 'unary': {
      const a = possibleCode(e.a, c);
      return e.op === '!' ? `negated(${a})` : `sum(${number(bitOf(0))}, ${a}, -1)`;
    }
    case 'binary':
      return operationCode(e, c);
    case 'conditional':
      return `either(${[e.test, e.then, e.otherwise].map((x) => possibleCode(x, c)).join(', ')})`;
    case 'ended': {
      const group = c.always.scope.groups[e.group]!.map((t) => c.locations.end(t));
      for (const at of group) c.asks(at);
      return group.map((at) => `Can[${at}]`).reduce((a, b) => `conjunction(${a}, ${b})`);
    }
    case 'parameter':
      throw new ReferenceError(`parameter '${e.name}' was not folded`);
  }
}

function operationCode(e: Binary, c: PossibleContext): string {
  const [a, b] = [possibleCode(e.a, c), possibleCode(e.b, c)];
  switch (e.op) {
    case '&&':
      return `conjunction(${a}, ${b})`;
    case '||':
      return `disjunction(${a}, ${b})`;
    case '==':
      return `equality(${a}, ${b})`;
    case '!=':
      return `negated(equality(${a}, ${b}))`;
    case '<':
      return `less(${a}, ${b})`;
    case '>':
      return `less(${b}, ${a})`;
    case '<=':
      return `negated(less(${b}, ${a}))`;
    case '>=':
      return `negated(less(${a}, ${b}))`;
    case '+':
      return sumCode(e.a, e.b, a, b, 1, c);
    case '-':
      return sumCode(e.a, e.b, a, b, -1, c);
    case '*':
      return `product(${a}, ${b})`;
    case '%':
      return `remainder(${a}, ${b})`;
  }
}

/** A constant only moves the bits of the other operand. */
function sumCode(
  left: Expression,
  right: Expression,
  a: string,
  b: string,
  sign: 1 | -1,
  c: PossibleContext,
): string {
  const constantOf = (e: Expression): number | null => valueOfBit(bitsOf(valuesOf(e, c.always)));
  const [first, second] = [constantOf(left), constantOf(right)];
  if (second !== null) return `moved(${a}, ${sign * second})`;
  if (first !== null && sign === 1) return `moved(${b}, ${first})`;
  return `sum(${a}, ${b}, ${sign})`;
}

const asksShared = (e: Expression): boolean => {
  switch (e.k) {
    case 'shared':
    case 'ended':
      return true;
    case 'unary':
      return asksShared(e.a);
    case 'binary':
      return asksShared(e.a) || asksShared(e.b);
    case 'conditional':
      return asksShared(e.test) || asksShared(e.then) || asksShared(e.otherwise);
    default:
      return false;
  }
};

/**
 * Statements that add to the set at `into` the locations on which the value of an expression depends. What can have one value
 * only depends on nothing, unless its evaluation may be an error of the model; of a connection only those operands count that
 * are evaluated.
 */
export function dependsCode(e: Expression, into: string, c: PossibleContext): string {
  if (!asksShared(e)) return '';
  const fails = canFail(e, c.always);
  if (!fails && isConstant(valuesOf(e, c.always))) return '';
  const depends = (x: Expression): string => dependsCode(x, into, c);
  const parts = ((): string => {
    switch (e.k) {
      case 'shared':
        return `${e.at.map(depends).join('')}${touchCode(picked(e, c), into)}`;
      case 'unary':
        return depends(e.a);
      case 'binary': {
        if (!isConnection(e)) return depends(e.a) + depends(e.b);
        const goesOn = e.op === '&&' ? 'canBeTrue' : 'canBeFalse';
        return operands(e, e.op).reduceRight(
          (rest, x) => depends(x) + guarded(`${goesOn}(${possibleCode(x, c)})`, rest),
          '',
        );
      }
      case 'conditional': {
        const test = possibleCode(e.test, c);
        const then = guarded(`canBeTrue(${test})`, depends(e.then));
        return depends(e.test) + then + guarded(`canBeFalse(${test})`, depends(e.otherwise));
      }
      case 'ended':
        return c.always.scope.groups[e.group]!.map((t) =>
          touchCode({ k: 'one', location: c.locations.end(t) }, into),
        ).join('');
      default:
        return '';
    }
  })();
  // The parts of a connection are asked one by one.
  const whole = fails || isConnection(e) || (e.k === 'unary' && e.op === '!');
  return whole ? parts : guarded(`!one(${possibleCode(e, c)})`, parts);
}

const isConnection = (e: Expression): boolean => e.k === 'binary' && (e.op === '&&' || e.op === '||');

/** The operands of a connection and of those of the same kind inside it, in the order in which they are evaluated. */
const operands = (e: Expression, op: string): Expression[] =>
  e.k === 'binary' && e.op === op ? [...operands(e.a, op), ...operands(e.b, op)] : [e];

const guarded = (test: string, code: string): string => (code === '' ? '' : `if (${test}) {\n${code}}\n`);

/** A statement that adds elements to the set that begins at word `into` of `Sets`. */
export function touchCode(p: Picked, into: string): string {
  if (p.k === 'row') return `touchRow(${into}, ${p.first}, ${p.step}, ${p.size}, ${p.bits});\n`;
  const byWord = new Map<number, number>();
  for (const n of p.k === 'one' ? [p.location] : p.locations) {
    byWord.set(n >>> 5, (byWord.get(n >>> 5) ?? 0) | (1 << (n & 31)));
  }
  return [...byWord].map(([word, bits]) => `Sets[${into} + ${word}] |= ${number(bits)};\n`).join('');
}

/** Code for those of the values that a variable of the type can take: an effect that stores another is an error of the model. */
export const fittingCode = (e: Expression, type: Parameters<typeof bounds>[0], c: PossibleContext): string =>
  `${possibleCode(e, c)} & ${number(bitsOfType(type))}`;

/** Code for 1 if the picked element is known, else 0. */
export const isKnownCode = (p: Picked): string =>
  p.k === 'one' ? '1' : p.k === 'row' ? `one(${p.bits} & ${number(bitsOfDomain(p.size))})` : '0';
