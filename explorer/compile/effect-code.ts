import type { Assignment, Effect } from '../../model/language/effect.ts';
import type { Target } from '../../model/language/variable.ts';
import { type CodeContext, elementCode, localCells, truthCode, valueCode } from './expression-code.ts';
import { interval } from './interval.ts';
import { type Cells, type Layout, maskOf } from './layout.ts';
import { standing, standingAt, type WordsCode } from './words-code.ts';

/**
 * The words of a successor while its step is applied: variables `o0`, `o1`, ... except for the words of arrays that span
 * words, which stand in the output array at once, because code cannot compute the name of a variable.
 */
export interface SuccessorWords extends WordsCode {
  /** Words that are held in variables and are read or written. */
  readonly touched: Set<number>;
  readonly assign: (word: number, value: string) => string;
}

export function successorWords(layout: Layout): SuccessorWords {
  const touched = new Set<number>();
  const word = (n: number): string => {
    if (layout.spanning.has(n)) return `O[q + ${n}]`;
    touched.add(n);
    return `o${n}`;
  };
  return {
    layout,
    touched,
    word,
    wordAt: (n) => `O[q + ${n}]`,
    assign: (n, value) => `${word(n)} = ${value};`,
  };
}

/** Code for effects knows which checks are judged and who wants to hear of stores. */
export interface EffectContext extends CodeContext {
  /** Does nobody read what this stores to? */
  readonly unread: (to: Target) => boolean;
  /** Number of a judged check; undefined if it is not judged. */
  readonly checkNumber: (name: string) => number | undefined;
  /** Code to add at a store to this variable under a condition: it raises a flag for monitors. */
  readonly onStore: (variable: string) => string;
}

const constant = (n: number): string => (n < 0 ? `(${n})` : String(n));

/** Code that marks a check as violated by this step. */
export const violatedCode = (check: number): string =>
  `m${Math.floor(check / 31)} |= ${constant(1 << (check % 31))};`;

function rawValue(value: string, cells: Cells): string {
  if (cells.low === 0) return value;
  return `(${value} - ${constant(cells.low)})`;
}

function storeCode(effect: Assignment, context: EffectContext, words: SuccessorWords): string {
  const { to } = effect;
  const cells = to.k === 'local' ? localCells(to, context) : context.layout.shared.get(to.name)!;
  const range = interval(effect.value, context.scope);
  const inRange = range.low >= cells.low && range.high <= cells.high;
  const known = effect.value.k === 'literal' && inRange ? effect.value.value : null;
  let value = valueCode(effect.value, context, words);
  if (!inRange) {
    const site = context.site({ variable: to.name, where: context.where });
    value = `value(${value}, ${cells.low}, ${cells.high}, ${site})`;
  }
  const element = to.k === 'local' ? 0 : elementCode(to, context, words);
  if (typeof element === 'number') {
    const { word, shift } = standing(cells, element);
    if (cells.bits === 0) return known === null ? `${value};` : '';
    const mask = maskOf(cells) << shift;
    const bits =
      known !== null ? constant((known - cells.low) << shift) : `(${rawValue(value, cells)} << ${shift})`;
    return words.assign(
      word,
      bits === '0'
        ? `${words.word(word)} & ${constant(~mask)}`
        : `(${words.word(word)} & ${constant(~mask)}) | ${bits}`,
    );
  }
  const v = context.temporary();
  const n = context.temporary();
  const before = `${v} = ${rawValue(value, cells)}; ${n} = ${element};`;
  if (cells.bits === 0) return before;
  const { word, shift } = standingAt(cells, n);
  const patched = (old: string): string => `(${old} & ~(${maskOf(cells)} << ${shift})) | (${v} << ${shift})`;
  if (word === null) return `${before} ${words.assign(cells.word, patched(words.word(cells.word)))}`;
  return `${before} O[q + ${word}] = ${patched(`O[q + ${word}]`)};`;
}

function effectCode(
  effect: Effect,
  context: EffectContext,
  words: SuccessorWords,
  conditional: boolean,
): string {
  switch (effect.k) {
    case 'set': {
      if (context.unread(effect.to)) return '';
      const told = conditional && effect.to.k === 'shared' ? context.onStore(effect.to.name) : '';
      return storeCode(effect, context, words) + told;
    }
    case 'assert': {
      const check = context.checkNumber(effect.check);
      if (check === undefined) return '';
      return `if (!${truthCode(effect.that, context, words)}) { ${violatedCode(check)} }`;
    }
    case 'if': {
      const then = effectsCode(effect.then, context, words, true);
      const otherwise = effectsCode(effect.otherwise, context, words, true);
      const tail = otherwise === '' ? '' : ` else { ${otherwise} }`;
      return `if (${truthCode(effect.test, context, words)}) { ${then} }${tail}`;
    }
  }
}

/** Code for effects in order, each reading what those before it wrote. `conditional`: they may not be executed. */
export function effectsCode(
  effects: readonly Effect[],
  context: EffectContext,
  words: SuccessorWords,
  conditional = false,
): string {
  const lines = effects.map((effect) => effectCode(effect, context, words, conditional));
  return lines.filter((line) => line !== '').join('\n');
}
