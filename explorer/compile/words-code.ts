import type { Cells, Layout } from './layout.ts';
import { maskOf } from './layout.ts';

/** How code reads the packed words of one state. */
export interface WordsCode {
  readonly layout: Layout;
  /** The value of a word whose number is known. */
  readonly word: (n: number) => string;
  /** The value of a word whose number is computed, counted from the first word of the state. */
  readonly wordAt: (n: string) => string;
}

/** Reads from an array in memory. */
export const inMemory = (layout: Layout, array: string, at: string): WordsCode => ({
  layout,
  word: (n) => `${array}[${at} + ${n}]`,
  wordAt: (n) => `${array}[${at} + ${n}]`,
});

/** Reads from an array, each known word once: it is loaded into a constant `prefix + number`; see `loaded`. */
export function loadedOnce(
  layout: Layout,
  array: string,
  at: string,
  prefix: string,
): WordsCode & { readonly loaded: Set<number> } {
  const loaded = new Set<number>();
  return {
    layout,
    loaded,
    word: (n) => {
      loaded.add(n);
      return `${prefix}${n}`;
    },
    wordAt: (n) => `${array}[${at} + ${n}]`,
  };
}

const number = (n: number): string => (n < 0 ? `(${n})` : String(n));
const plusLow = (raw: string, low: number): string => (low === 0 ? raw : `(${raw} + ${number(low)})`);
const shifted = (word: string, by: string): string => (by === '0' ? word : `(${word} >>> ${by})`);

/** Word and shift of element n, n known. */
export const standing = (cells: Cells, n: number): { readonly word: number; readonly shift: number } => ({
  word: cells.word + Math.floor(n / cells.perWord),
  shift: cells.shift + (n % cells.perWord) * cells.bits,
});

/** Word and shift of an element whose number is in a variable of the code. */
export function standingAt(
  cells: Cells,
  n: string,
): { readonly word: string | null; readonly shift: string } {
  const shift = (k: string): string => {
    const scaled = cells.bits === 1 ? k : `Math.imul(${k}, ${cells.bits})`;
    return cells.shift === 0 ? `(${scaled})` : `(${cells.shift} + ${scaled})`;
  };
  if (cells.perWord >= cells.count) return { word: null, shift: shift(n) };
  return { word: `(${cells.word} + (${n} / ${cells.perWord} | 0))`, shift: shift(`${n} % ${cells.perWord}`) };
}

/** The value of element n, n known. */
export function readCell(words: WordsCode, cells: Cells, n: number): string {
  if (cells.bits === 0) return number(cells.low);
  const { word, shift } = standing(cells, n);
  return plusLow(`(${shifted(words.word(word), String(shift))} & ${maskOf(cells)})`, cells.low);
}

/** The value of an element whose number is in a variable of the code. */
export function readCellAt(words: WordsCode, cells: Cells, n: string): string {
  if (cells.bits === 0) return number(cells.low);
  const { word, shift } = standingAt(cells, n);
  const from = word === null ? words.word(cells.word) : words.wordAt(word);
  return plusLow(`(${shifted(from, shift)} & ${maskOf(cells)})`, cells.low);
}

/** Compares element n with a constant without shifting it down. */
export function cellEquals(words: WordsCode, cells: Cells, n: number, value: number): string {
  if (value < cells.low || value > cells.high) return 'false';
  if (cells.bits === 0) return 'true';
  const { word, shift } = standing(cells, n);
  const mask = maskOf(cells) << shift;
  return `((${words.word(word)} & ${number(mask)}) === ${number((value - cells.low) << shift)})`;
}
