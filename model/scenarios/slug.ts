const longest = 80;

/**
 * The name in lower case letters, digits and dashes, for file names and the command line. Where that leaves out letters or
 * digits (of other alphabets, or behind the 80th character) a hash of the whole name follows, so that names which differ in
 * them have different slugs.
 */
export function slug(name: string): string {
  const words = name
    .slice(0, 1000)
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const joined = (words ?? []).join('-');
  const lost = joined.length > longest || name.length > 1000 || /[^\P{L}a-z]|[^\P{N}0-9]/iu.test(name);
  if (joined !== '' && !lost) return joined;
  const short = joined.slice(0, longest - 9).replace(/-$/, '');
  return `${short === '' ? 'scenario' : short}-${hash(name)}`;
}

/** FNV-1a of the code units: eight digits, the same on every machine. */
function hash(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(16).padStart(8, '0');
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
