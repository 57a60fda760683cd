import type { Renaming } from '../../../explorer/reduce/renaming.ts';
import type { Bases } from './bases.ts';
import { type Context, type Coordinate, Unbound } from './context.ts';

/** One of a list for all of its images: those that it has when the elements `over` become any others without a name. */
export interface Lifted<T> {
  readonly item: T;
  readonly over: readonly Coordinate[];
  /** No two choices give the same image, so that they can be counted. */
  readonly exact: boolean;
}

/** Writes an item under a renaming, so that items that mean the same have the same text. */
export type Told<T> = (item: T, renaming: Renaming) => string;

/**
 * Puts together what differs only in the names of interchangeable things: from the conjuncts `free(T0)` and `free(T1)` becomes
 * one `free(t)` for all t. The order of the first of each stays. Throws Unbound where the list is not the same under all
 * permutations of what has no name: then something around it has to name more.
 */
export function lifted<T>(
  items: readonly T[],
  context: Context,
  bases: Bases,
  told: Told<T>,
): readonly Lifted<T>[] {
  const all = freeOf(context, bases);
  const identity = renamingBy(bases, []);
  const texts = items.map((item) => told(item, identity));
  const left = new Set(items.keys());
  const found: Lifted<T>[] = [];
  items.forEach((item, n) => {
    if (!left.has(n)) return;
    const over = neededFor((renaming) => told(item, renaming) === texts[n], all, bases);
    const choices = injections(over, all);
    let images = 0;
    for (const choice of choices) {
      const image = told(item, renamingBy(bases, choice));
      const match = [...left].find((k) => texts[k] === image);
      if (match === undefined && !texts.includes(image)) throw new Unbound(over[0]!);
      if (match === undefined) continue;
      left.delete(match);
      images++;
    }
    found.push({ item, over, exact: images === choices.length });
  });
  return found;
}

/** The elements that have no name in the context, base by base. */
const freeOf = ({ bound }: Context, { sizes }: Bases): readonly Coordinate[] =>
  sizes.flatMap((size, base) =>
    Array.from({ length: size }, (_, at) => ({ base, at })).filter(
      (c) => !bound.some((b) => b.base === c.base && b.at === c.at),
    ),
  );

/** The fewest elements that must be named so that all others can be exchanged. */
function neededFor(
  unchanged: (renaming: Renaming) => boolean,
  free: readonly Coordinate[],
  bases: Bases,
): readonly Coordinate[] {
  const enough = (chosen: readonly Coordinate[]): boolean => {
    const rest = free.filter((c) => !chosen.includes(c));
    return rest.every((c, n) => {
      const next = rest[n + 1];
      if (next?.base !== c.base) return true;
      return unchanged(
        renamingBy(bases, [
          { from: c, to: next },
          { from: next, to: c },
        ]),
      );
    });
  };
  return subsets(free).find(enough)!;
}

/** The smaller ones first. */
function subsets<T>(list: readonly T[]): readonly (readonly T[])[] {
  const all = Array.from({ length: 2 ** list.length }, (_, set) => list.filter((__, n) => set & (1 << n)));
  return all.sort((a, b) => a.length - b.length);
}

interface Move {
  readonly from: Coordinate;
  readonly to: Coordinate;
}

/** All ways to send elements to different ones of the free elements of their base. */
function injections(over: readonly Coordinate[], free: readonly Coordinate[]): readonly (readonly Move[])[] {
  return over.reduce<Move[][]>(
    (known, from) =>
      known.flatMap((moves) =>
        free
          .filter((to) => to.base === from.base && !moves.some((m) => m.to === to))
          .map((to) => [...moves, { from, to }]),
      ),
    [[]],
  );
}

/** A renaming that moves elements like this; what has to give way takes the places that became free. */
function renamingBy(bases: Bases, moves: readonly Move[]): Renaming {
  const permutations = bases.sizes.map((size, base) => {
    const mine = moves.filter((m) => m.from.base === base);
    const images: (number | undefined)[] = Array.from({ length: size });
    for (const { from, to } of mine) images[from.at] = to.at;
    // Those that are not spoken of keep their places as far as possible, so that what has a name keeps it.
    for (let at = 0; at < size; at++) if (!images.includes(at)) images[at] ??= at;
    const rest = Array.from({ length: size }, (_, at) => at).filter((at) => !images.includes(at));
    return images.map((image) => image ?? rest.shift()!);
  });
  return bases.renaming(permutations);
}
