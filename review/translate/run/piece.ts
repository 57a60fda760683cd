import type { Branch, Fragment, Place, Site } from '../../../model/language/machine.ts';

type Events = readonly (readonly [event: string, branches: readonly Branch[]])[];

/** The places of a piece of the model that a run comes to, with their events: from the others nothing must be gone on with. */
export function placesReached(
  piece: Fragment,
): readonly (readonly [name: string, place: Place & { readonly site: Site }, events: Events])[] {
  const reached = new Set([piece.entry]);
  return [...grown(piece, reached)];
}

function* grown(piece: Fragment, reached: Set<string>) {
  for (const name of reached) {
    const place = piece.places.get(name) as Place & { readonly site: Site };
    const events: Events = Array.isArray(place.on)
      ? [['STEP', place.on as readonly Branch[]]]
      : Object.entries(place.on as Readonly<Record<string, readonly Branch[]>>);
    for (const { target } of events.flatMap(([, branches]) => branches))
      if (piece.places.has(target)) reached.add(target);
    yield [name, place, events] as const;
  }
}
