import type { Effect } from '../../../model/language/effect.ts';
import type { Branch, Fragment } from '../../../model/language/machine.ts';

/** Leaves out what is kept in locals that no step ever reads. */
export function pruned<X extends string>(part: Fragment<X>): Fragment<X> {
  let current = part;
  for (;;) {
    const read = readLocals(current);
    const unused = Object.keys(current.locals ?? {}).filter((name) => !read.has(name));
    if (unused.length === 0) return current;
    current = without(current, new Set(unused));
  }
}

/** Locals that are read anywhere but in setting themselves. */
function readLocals(part: Fragment): ReadonlySet<string> {
  const found = new Set<string>();
  const search = (what: unknown, own: string | null): void => {
    for (const name of localsIn(what)) if (name !== own) found.add(name);
  };
  const effect = (e: Effect): void => {
    if (e.k === 'set') {
      search(e.to.k === 'local' ? null : e.to, null);
      search(e.value, e.to.k === 'local' ? e.to.name : null);
    } else if (e.k === 'if') {
      search(e.test, null);
      for (const inner of [...e.then, ...e.otherwise]) effect(inner);
    } else search(e, null);
  };
  for (const branch of branchesOf(part)) {
    search(branch.guard, null);
    branch.effects.forEach(effect);
  }
  return found;
}

/** The locals that an expression, or anything made of expressions, speaks of. */
function localsIn(what: unknown): readonly string[] {
  if (typeof what !== 'object' || what === null) return [];
  const { k, name } = what as { readonly k?: string; readonly name?: string };
  if (k === 'local' && name !== undefined) return [name];
  return Object.values(what).flatMap(localsIn);
}

const branchesOf = (part: Fragment): readonly Branch[] =>
  [...part.places.values()].flatMap(({ on }) =>
    Array.isArray(on)
      ? (on as readonly Branch[])
      : Object.values(on as Readonly<Record<string, readonly Branch[]>>).flat(),
  );

function without<X extends string>(part: Fragment<X>, unused: ReadonlySet<string>): Fragment<X> {
  const keep = (effects: readonly Effect[]): readonly Effect[] =>
    effects.flatMap((e): readonly Effect[] => {
      if (e.k === 'set' && e.to.k === 'local' && unused.has(e.to.name)) return [];
      return e.k === 'if' ? [{ ...e, then: keep(e.then), otherwise: keep(e.otherwise) }] : [e];
    });
  const clean = (branches: readonly Branch[]): readonly Branch[] =>
    branches.map((branch) => ({ ...branch, effects: keep(branch.effects) }));
  const places = [...part.places].map(([name, place]) => {
    const on = Array.isArray(place.on)
      ? clean(place.on as readonly Branch[])
      : Object.fromEntries(
          Object.entries(place.on).map(([event, branches]) => [event, clean(branches as readonly Branch[])]),
        );
    return [name, { ...place, on }] as const;
  });
  const locals = Object.fromEntries(Object.entries(part.locals ?? {}).filter(([name]) => !unused.has(name)));
  return { ...part, places: new Map(places), locals };
}
