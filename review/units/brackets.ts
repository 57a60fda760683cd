import type { Token } from './tokens.ts';

/** Which brackets of a piece of text have their other half outside of it. Numbers are indices of tokens. */
export interface Brackets {
  /** Closing ones whose opening one is missing, in order. */
  readonly closing: readonly number[];
  /** Opening ones whose closing one is missing, outermost first. */
  readonly opening: readonly number[];
  /** A closing bracket of another kind than the last that was opened; null if there is none. */
  readonly crossed: number | null;
}

/** A map, because a name such as `constructor` is a key of every object. */
const closes: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

export function matchBrackets(tokens: readonly Token[]): Brackets {
  const opening: number[] = [];
  const closing: number[] = [];
  for (const [i, { text }] of tokens.entries()) {
    if (text === '(' || text === '[' || text === '{') opening.push(i);
    const other = closes.get(text);
    if (other === undefined) continue;
    if (opening.length === 0) closing.push(i);
    else if (tokens[opening.at(-1) as number]?.text === other) opening.pop();
    else return { closing, opening, crossed: i };
  }
  return { closing, opening, crossed: null };
}
