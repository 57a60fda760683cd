/** Macros that say something about a declaration and that the grammar does not expect where the kernel puts them. */
const attributes = [
  '__always_inline',
  '__always_unused',
  '__cold',
  '__force',
  '__init',
  '__iomem',
  '__kernel',
  '__maybe_unused',
  '__meminit',
  '__must_check',
  '__percpu',
  '__rcu',
  '__ref',
  '__sched',
  '__user',
  '__weak',
  'asmlinkage',
  'noinline',
  'noinline_for_stack',
  'notrace',
];
const attribute = new RegExp(`\\b(?:${attributes.join('|')})\\b`, 'g');
const attributeCall = /\b(?:__releases|__acquires|__must_hold|__printf|__aligned|__section)\([^()]*\)/g;
const iterator = /^(\s*)(\w*for_each\w*)(?=\s*\()/;

/** A loop that a macro makes: the grammar sees `while (...)` in its place. */
export interface IteratorMacro {
  readonly name: string;
  readonly row: number;
}

/** Text that the grammar can read, of the same length, with each word of the same place. */
export interface Prepared {
  readonly text: string;
  readonly iterators: readonly IteratorMacro[];
}

const blanks = (found: string): string => found.replace(/\S/g, ' ');

/** Blanks attribute macros and writes `while` for iterator macros; `while` is the shortest of them, so every place stays. */
export function prepare(text: string): Prepared {
  const iterators: IteratorMacro[] = [];
  const lines = text.split('\n').map((line, row) => {
    const plain = line.replace(attribute, blanks).replace(attributeCall, blanks);
    return plain.replace(iterator, (_, indent: string, name: string) => {
      iterators.push({ name, row });
      return indent + 'while'.padEnd(name.length);
    });
  });
  return { text: lines.join('\n'), iterators };
}
