const longest = 80;

/** The name in lower case letters, digits and dashes, for file names and the command line. */
export function slug(name: string): string {
  const words = name
    .slice(0, 1000)
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const joined = (words ?? []).join('-').slice(0, longest).replace(/-$/, '');
  return joined === '' ? 'scenario' : joined;
}

/** A slug for each name; where two would be the same, the later ones are numbered. */
export function slugs(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const base = slug(name);
    let own = base;
    for (let n = 2; taken.has(own); n++) own = `${base}-${n}`;
    taken.add(own);
    return own;
  });
}
