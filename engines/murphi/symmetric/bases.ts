import type { Program } from '../../../explorer/program/program.ts';
import { type Symmetry, symmetriesOf } from '../../../explorer/reduce/symmetry.ts';
import type { Permutation } from '../../../model/language/system.ts';
import { type Moved, movedBy, orbitsOf, stabiliser } from './points.ts';

/**
 * A thread, a monitor or an element of a domain as it is written: the number of its orbit, and which element of a base it goes
 * with; `base` is null for what no symmetry moves.
 */
export interface Point {
  readonly orbit: number;
  readonly base: number | null;
  readonly at: number;
}

/** The orbits from `low` to `high` of a domain go with this base. */
export interface Part {
  readonly base: number | null;
  readonly low: number;
  readonly high: number;
}

/** How the elements of a domain are written. The orbits are numbered so that those of a base stand together, unmoved ones first. */
export interface Encoding {
  readonly points: readonly Point[];
  readonly parts: readonly Part[];
}

/**
 * The symmetries of a program as the product of all permutations of a few sets, the bases: each becomes a scalarset. A checker that
 * tries all permutations of all scalarsets then tries each symmetry once.
 */
export interface Bases {
  readonly group: readonly Symmetry[];
  readonly sizes: readonly number[];
  readonly threads: readonly Point[];
  readonly monitors: readonly Point[];
  readonly domains: ReadonlyMap<string, Encoding>;
  /** The symmetry that permutes the bases like this. */
  readonly renaming: (permutations: readonly (readonly number[])[]) => Symmetry;
}

/**
 * The bases of a program. Where the group is no such product (two mms of two threads each, exchanged as a whole) declared
 * generators are left out until it is.
 */
export function basesOf(program: Program): Bases {
  const whole = productOf(program, symmetriesOf(program));
  if (whole) return whole;
  const kept: Permutation[] = [];
  let best = productOf(program, symmetriesOf(withSymmetry(program, [])))!;
  for (const generator of program.system.symmetry ?? []) {
    const group = symmetriesOf(withSymmetry(program, [...kept, generator]));
    const product = group.length > best.group.length ? productOf(program, group) : null;
    if (!product) continue;
    kept.push(generator);
    best = product;
  }
  return best;
}

const withSymmetry = (program: Program, symmetry: readonly Permutation[]): Program => ({
  ...program,
  system: { ...program.system, symmetry },
});

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

/** Null if the group does not permute its orbits at will and each independently of those that are not tied to it. */
function productOf(program: Program, group: readonly Symmetry[]): Bases | null {
  const sizes: number[] = [];
  const known = new Map<string, number>();
  const written = new Map<Moved, readonly Point[]>();
  for (const moved of movedBy(program, group)) {
    const points: Point[] = [];
    orbitsOf(moved, group).forEach((orbit, number) => {
      const fixed = orbit.length === 1;
      const kept = orbit.map((n) => stabiliser(moved, n, group));
      const names = [...new Set(kept)].sort();
      // Two things that are exchanged have the same stabiliser: either may be called the first.
      const order = names.length === orbit.length ? kept.map((k) => names.indexOf(k)) : [...orbit.keys()];
      const key = `${orbit.length} ${names.join(' ')}`;
      if (!fixed && !known.has(key)) known.set(key, sizes.push(orbit.length) - 1);
      const base = fixed ? null : known.get(key)!;
      orbit.forEach((n, at) => {
        points[n] = { orbit: number, base, at: order[at]! };
      });
    });
    written.set(moved, points);
  }
  if (group.length !== sizes.reduce((product, size) => product * factorial(size), 1)) return null;
  const byAction = new Map(group.map((s) => [actionOf(s, sizes, written), s]));
  const of = (kind: Moved['kind']): [Moved, readonly Point[]][] =>
    [...written].filter(([moved]) => moved.kind === kind);
  return {
    group,
    sizes,
    threads: of('threads')[0]![1],
    monitors: of('monitors')[0]![1],
    domains: new Map(of('elements').map(([{ name }, points]) => [name, encoded(points, sizes.length)])),
    renaming: (permutations) => byAction.get(JSON.stringify(permutations))!,
  };
}

/** What a symmetry does to each base. */
function actionOf(
  s: Symmetry,
  sizes: readonly number[],
  written: ReadonlyMap<Moved, readonly Point[]>,
): string {
  const action = sizes.map((): number[] => []);
  for (const [moved, points] of written) {
    points.forEach(({ base, at }, n) => {
      if (base !== null) action[base]![at] = points[moved.image(s, n)]!.at;
    });
  }
  return JSON.stringify(action);
}

function encoded(points: readonly Point[], bases: number): Encoding {
  const order = [null, ...Array.from({ length: bases }, (_, base) => base)];
  const numbers: number[] = [];
  const parts: Part[] = [];
  for (const base of order) {
    const orbits = [...new Set(points.filter((p) => p.base === base).map((p) => p.orbit))];
    if (orbits.length === 0) continue;
    const low = numbers.length;
    numbers.push(...orbits);
    parts.push({ base, low, high: numbers.length - 1 });
  }
  return { points: points.map((p) => ({ ...p, orbit: numbers.indexOf(p.orbit) })), parts };
}
