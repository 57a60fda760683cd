import type { Encoding, Part } from './bases.ts';

/** A value of a domain that is moved, as texts: the number of its orbit (-1: none), and its element of a base, if it can have one. */
export interface Element {
  readonly orbit: number | string;
  readonly base: (base: number) => string | null;
}

/** One of several texts, and the truth under which it is the one; null: where none of those before it is. */
export interface Case<T> {
  readonly test: string | null;
  readonly then: T;
}

/** What is known of the orbit of an element, part by part. */
export function partsOf({ orbit }: Element, { parts }: Encoding): readonly Case<Part>[] {
  if (typeof orbit === 'number') {
    const known = parts.find((p) => p.low <= orbit && orbit <= p.high) ?? parts[0]!;
    return [{ test: null, then: known }];
  }
  return parts.map((part, n) => ({
    test: n === parts.length - 1 ? null : `${orbit} <= ${part.high}`,
    then: part,
  }));
}

/** Truth: two elements are the same. */
export function sameElement(a: Element, b: Element, encoding: Encoding): string {
  if (typeof a.orbit === 'number' && typeof b.orbit !== 'number') return sameElement(b, a, encoding);
  if (typeof a.orbit === 'number') {
    if (a.orbit !== b.orbit) return 'false';
    const { base } = encoding.parts.find(
      (p) => p.low <= (a.orbit as number) && (a.orbit as number) <= p.high,
    ) ?? {
      base: null,
    };
    return base === null ? 'true' : `(${a.base(base)} = ${b.base(base)})`;
  }
  const orbits = `${a.orbit} = ${b.orbit}`;
  if (typeof b.orbit === 'number') {
    const { then: part } = partsOf(b, encoding)[0]!;
    if (b.orbit < 0 || part.base === null) return `(${orbits})`;
    const base = a.base(part.base);
    return base === null ? 'false' : `(${orbits} & ${base} = ${b.base(part.base)})`;
  }
  // An orbit of both: neither is none, and both go with the same base.
  const last = encoding.parts.filter((p) => p.base === null).at(-1)?.high ?? -1;
  const rest = encoding.parts.filter((p) => p.base !== null);
  const bases = rest.map((part, n) => {
    const [x, y] = [a.base(part.base!), b.base(part.base!)];
    return {
      test: n === rest.length - 1 ? null : `${a.orbit} <= ${part.high}`,
      then: x === null || y === null ? 'false' : `(${x} = ${y})`,
    };
  });
  return `(${orbits} & (${a.orbit} <= ${last} | ${chosen(bases)}))`;
}

/** The text of a choice between values. */
export const chosen = (cases: readonly Case<string>[]): string =>
  cases.reduceRight((rest, { test, then }) => (test === null ? then : `(${test} ? ${then} : ${rest})`), '');
