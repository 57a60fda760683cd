import { elementAt, elements, indicesOf, type Type } from '../../model/language/variable.ts';
import type { Program } from '../program/program.ts';
import { renamed } from '../reduce/renaming.ts';
import type { Symmetry } from '../reduce/symmetry.ts';
import { type Cells, type Layout, maskOf } from './layout.ts';
import { inMemory, readCell, standing } from './words-code.ts';

/** Bits of a word that go to a word of the renamed state, `by` bits to the left. */
interface Shifted {
  readonly from: number;
  readonly to: number;
  readonly by: number;
  mask: number;
}

/** Code that writes the state at O[q] into B, renamed. */
class RenamingCode {
  private readonly shifted = new Map<string, Shifted>();
  private readonly looked: string[] = [];
  private readonly symmetry: Symmetry;
  private readonly constant: (text: string) => string;

  constructor(program: Program, layout: Layout, symmetry: Symmetry, constant: (text: string) => string) {
    this.symmetry = symmetry;
    this.constant = constant;
    for (const thread of program.threads) {
      const image = symmetry.threads[thread.number]!;
      this.move(layout.places[thread.number]!, 0, layout.places[image]!, 0, null);
      for (const { name, type } of thread.locals) {
        this.move(layout.locals[thread.number]!.get(name)!, 0, layout.locals[image]!.get(name)!, 0, type);
      }
    }
    for (const variable of program.system.shared) {
      const cells = layout.shared.get(variable.name)!;
      for (let element = 0; element < elements(variable); element++) {
        const image = indicesOf(variable, element).map(
          (i, d) => symmetry.elements.get(variable.over[d]!.name)?.[i] ?? i,
        );
        this.move(cells, element, cells, elementAt(variable, image), variable.type);
      }
    }
    for (const { number } of program.monitors) {
      this.move(layout.monitors[number]!, 0, layout.monitors[symmetry.monitors[number]!]!, 0, null);
    }
  }

  text(name: string, words: number): string {
    const lines = Array.from({ length: words }, (_, to) => {
      const parts = [...this.shifted.values()].filter((s) => s.to === to).map(shiftedText);
      return `B[${to}] = ${parts.join(' | ') || '0'};`;
    });
    return [`function ${name}(q) {`, ...lines, ...this.looked, 'return 0;', '}'].join('\n');
  }

  private move(from: Cells, n: number, to: Cells, m: number, type: Type | null): void {
    if (from.bits === 0) return;
    const [a, b] = [standing(from, n), standing(to, m)];
    const table = type && this.tableOf(type, from);
    if (table !== null) {
      this.looked.push(
        `B[${b.word}] |= ${table}[O[q + ${a.word}] >>> ${a.shift} & ${maskOf(from)}] << ${b.shift};`,
      );
      return;
    }
    const key = `${a.word} ${b.word} ${b.shift - a.shift}`;
    const known = this.shifted.get(key) ?? { from: a.word, to: b.word, by: b.shift - a.shift, mask: 0 };
    known.mask |= maskOf(from) << a.shift;
    this.shifted.set(key, known);
  }

  /** The name of the table of renamed values; null if they keep their values. */
  private tableOf(type: Type, { low, high }: Cells): string | null {
    if (type.kind !== 'member' || !this.symmetry.elements.has(type.domain.name)) return null;
    const raw = Array.from({ length: high - low + 1 }, (_, n) => renamed(n + low, type, this.symmetry) - low);
    return this.constant(`[${raw.join(', ')}]`);
  }
}

function shiftedText({ from, by, mask }: Shifted): string {
  const bits = `(O[q + ${from}] & ${mask | 0})`;
  if (by === 0) return bits;
  return by > 0 ? `(${bits} << ${by})` : `(${bits} >>> ${-by})`;
}

/**
 * The text of `canonical(q)`: replaces the state at O[q] by the least of its orbit, so that an orbit is one state, and gives the
 * number of the symmetry that makes it so. Places of threads are compared first, which needs no renaming of the whole state; then,
 * among the symmetries that make them least, the words.
 */
export function canonicalCode(program: Program, layout: Layout, group: readonly Symmetry[]): string[] {
  const threads = program.threads.length;
  const constants = new Map<string, string>();
  const constant = (text: string): string => {
    const name = constants.get(text) ?? `V${constants.size}`;
    constants.set(text, name);
    return name;
  };
  const texts = group.map((s, n) =>
    new RenamingCode(program, layout, s, constant).text(`g${n}`, layout.words),
  );
  // Who stands, after the renaming, where thread t stood before it.
  const before = group.map((s) => program.threads.map((t) => s.threads.indexOf(t.number)));
  const words = inMemory(layout, 'O', 'q');
  return [
    `const B = new Int32Array(${layout.words}), A = new Int32Array(${layout.words});`,
    `const P = new Int32Array(${threads}), K = new Int32Array(${group.length});`,
    `const F = Uint8Array.of(${before.flat().join(', ')});`,
    ...[...constants].map(([text, name]) => `const ${name} = Int32Array.of(${text.slice(1, -1)});`),
    ...texts,
    `const G = [${group.map((_, n) => `g${n}`).join(', ')}];`,
    'function canonical(q) {',
    ...program.threads.map(({ number: t }) => `P[${t}] = ${readCell(words, layout.places[t]!, 0)};`),
    'let best = 0, n = 1;',
    'K[0] = 0;',
    `for (let g = 1; g < ${group.length}; g++) {
let d = 0;
for (let t = 0; t < ${threads} && d === 0; t++) d = P[F[g * ${threads} + t]] - P[F[best + t]];
if (d > 0) continue;
if (d < 0) { best = g * ${threads}; n = 0; }
K[n] = g;
n++;
}
if (n === 1 && best === 0) return 0;
let chosen = K[0];
G[chosen](q);
copy(B, 0, A, 0);
for (let k = 1; k < n; k++) {
G[K[k]](q);
let w = 0;
while (w < ${layout.words} && A[w] === B[w]) w++;
if (w < ${layout.words} && B[w] < A[w]) {
copy(B, 0, A, 0);
chosen = K[k];
}
}
copy(A, 0, O, q);
return chosen;
}`,
  ];
}
