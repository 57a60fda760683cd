import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bitsOf, bitsOfDomain, VALUE_BITS_CODE } from '../../explorer/compile/reach/value-bits.ts';
import { type BinaryOperator, compute } from '../../model/language/expression.ts';

type Sets = (...sets: readonly number[]) => number;
/** The functions as they stand in generated code. */
function generated<const N extends string>(...names: readonly N[]): Record<N, Sets> {
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function(`${VALUE_BITS_CODE.join('\n')}\nreturn { ${names.join(', ')} };`);
  return (make as () => Record<N, Sets>)();
}
const code = generated(
  'bit',
  'one',
  'canBeTrue',
  'canBeFalse',
  'negated',
  'conjunction',
  'disjunction',
  'either',
  'equality',
  'less',
  'moved',
  'sum',
  'product',
  'remainder',
);

/** Sets with values of a bit of their own, and beyond. */
const values = fc
  .array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -12, max: 27 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((list) => new Set(list));

const operations: readonly [BinaryOperator, Sets][] = [
  ['&&', code.conjunction],
  ['||', code.disjunction],
  ['==', code.equality],
  ['!=', (a, b) => code.negated(code.equality(a!, b!))],
  ['<', code.less],
  ['>', (a, b) => code.less(b!, a!)],
  ['<=', (a, b) => code.negated(code.less(b!, a!))],
  ['>=', (a, b) => code.negated(code.less(a!, b!))],
  ['+', (a, b) => code.sum(a!, b!, 1)],
  ['-', (a, b) => code.sum(a!, b!, -1)],
  ['*', code.product],
  ['%', code.remainder],
];

test.each(operations)('%s gives at least all that it can give', (op, f) => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      const found = f(bitsOf(a), bitsOf(b));
      for (const x of a) {
        for (const y of b) {
          const value = compute(op, x, y);
          if (!Number.isNaN(value)) expect(found & code.bit(value)).not.toBe(0);
        }
      }
    }),
    { numRuns: 2000 },
  );
});

test('sets are moved, asked for one value and for truth, and one of two is taken', () => {
  fc.assert(
    fc.property(values, values, fc.integer({ min: -40, max: 40 }), (a, b, by) => {
      const [p, q] = [bitsOf(a), bitsOf(b)];
      for (const x of a) expect(code.moved(p, by) & code.bit(x + by)).not.toBe(0);
      if (code.one(p) === 1) expect(a.size).toBe(1);
      for (const x of a) {
        expect(x === 0 ? code.canBeFalse(p) : code.canBeTrue(p)).toBe(1);
        for (const y of b) expect(code.either(p, q, 1) & (x === 0 ? 1 : code.bit(y))).not.toBe(0);
      }
    }),
    { numRuns: 2000 },
  );
});

test('small sets are told exactly', () => {
  const [none, zero, one, both] = [[], [0], [1], [0, 1]].map((list) => bitsOf(new Set(list)));
  expect(code.equality(one!, one!)).toBe(one);
  expect(code.equality(zero!, one!)).toBe(zero);
  expect(code.equality(both!, one!)).toBe(both);
  expect(code.less(zero!, one!)).toBe(one);
  expect(code.less(one!, both!)).toBe(zero);
  expect(code.conjunction(both!, zero!)).toBe(zero);
  expect(code.disjunction(one!, both!)).toBe(one);
  expect(code.sum(one!, one!, -1)).toBe(zero);
  expect(code.product(one!, zero!)).toBe(zero);
  expect(code.remainder(bitsOf(new Set([-5])), bitsOf(new Set([2])))).toBe(bitsOf(new Set([-1])));
  expect(code.moved(none!, 5)).toBe(none);
  expect(code.one(bitsOf(new Set([22])))).toBe(1);
  expect(code.one(bitsOf(new Set([23])))).toBe(0);
  expect(bitsOfDomain(2)).toBe(both);
});
