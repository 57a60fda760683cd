import type { Effect } from '../../language/effect.ts';
import { both, type Expression, literal } from '../../language/expression.ts';
import { counted, type Fragment, fragment, goIf, type Place, type Site } from '../../language/machine.ts';

/** One way to take a step; the first whose condition holds is taken. */
export interface Way {
  readonly when: Expression;
  readonly effects: readonly Effect[];
  readonly kinds: readonly string[];
  /** No later link is due then. */
  readonly isLast?: boolean;
}

/** A step that is there only if a test of locals says so. */
export interface Link {
  readonly name: string;
  readonly place: Omit<Place, 'on'> & { readonly site: Site };
  readonly isDue: Expression;
  readonly ways: readonly Way[];
}

export const always = (...effects: readonly Effect[]): readonly Way[] => [
  { when: literal(1), effects, kinds: [] },
];

/**
 * Steps in a row, of which those that are not due are passed over. Whether one is due is a matter of locals that no other
 * link changes, so it is known in the step before it and costs none of its own. The first link is always taken.
 */
export const chain = (...links: readonly [Link, ...Link[]]): Fragment<'next'> => {
  const places: Record<string, Place> = {};
  links.forEach((link, i) => {
    const later = [
      ...links.slice(i + 1).map(({ name, isDue }) => ({ target: name, isDue })),
      { target: 'next', isDue: literal(1) },
    ];
    const on = link.ways.flatMap((way) =>
      (way.isLast ? later.slice(-1) : later).map(({ target, isDue }) =>
        counted(goIf(both(way.when, isDue), target, ...way.effects), ...way.kinds),
      ),
    );
    places[link.name] = { ...link.place, on };
  });
  return fragment<string, 'next'>({
    site: links[0].place.site,
    entry: links[0].name,
    exits: ['next'],
    places: places as never,
  });
};
