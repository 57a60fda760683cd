import { mask } from '../conditionals/mask.ts';
import type { Hunk, PatchedLine } from '../diff/patch.ts';
import { PatchError } from '../patch-error.ts';
import { matchBrackets } from './brackets.ts';
import { frameOf } from './fragment-frame.ts';
import { type Item, isFunction, isStatement, itemsOf, nameOf } from './item.ts';
import { isName, type Token, tokensOf } from './tokens.ts';
import type { Unit } from './unit.ts';

/** Splits the lines of a hunk, in which conditionals are evaluated, into units. */
export function splitHunk(
  name: string,
  file: string,
  hunk: Hunk,
  lines: readonly PatchedLine[],
): readonly Unit[] {
  return new Splitter(name, file, hunk, lines).units();
}

/** How the text of a hunk divides: what is cut off at its beginning, statements of a function, declarations. */
interface Regions {
  readonly cutUntil: number;
  readonly insideUntil: number;
  readonly endsFunction: boolean;
}

/** Only inside a function can this stand. */
const goesOnWith = (item: Item): boolean => isStatement(item) && !isFunction(item);

class Splitter {
  readonly #name: string;
  readonly #file: string;
  readonly #hunk: Hunk;
  readonly #lines: readonly PatchedLine[];
  readonly #masked: readonly string[];
  readonly #text: string;
  readonly #tokens: readonly Token[];

  constructor(name: string, file: string, hunk: Hunk, lines: readonly PatchedLine[]) {
    [this.#name, this.#file, this.#hunk, this.#lines] = [name, file, hunk, lines];
    this.#masked = mask(name, file, lines).lines;
    this.#text = this.#masked.join('\n');
    this.#tokens = tokensOf(this.#text);
  }

  units(): readonly Unit[] {
    this.#refuseCrossed();
    const { cutUntil, insideUntil, endsFunction } = this.#regions();
    const units: Unit[] = [];
    if (cutUntil > 0) units.push(this.#unit('cut-off', null, 'beginning', 0, cutUntil));
    if (insideUntil > cutUntil) units.push(...this.#inside(cutUntil, insideUntil, endsFunction));
    const rest = this.#between(insideUntil, this.#text.length);
    for (const item of itemsOf(rest, insideUntil, this.#text.length)) {
      if (item.tokens.some(({ text }) => text !== ';')) units.push(this.#ofFileScope(item));
    }
    return units;
  }

  #refuseCrossed(): void {
    const { crossed } = matchBrackets(this.#tokens);
    if (crossed === null) return;
    const token = this.#tokens[crossed] as Token;
    const line = this.#lines[this.#rowOf(token.at)] as PatchedLine;
    const place = { name: this.#name, mailLine: line.mailLine, file: this.#file, fileLine: line.fileLine };
    const hint = 'a line was lost or changed on the way, or the code does not compile';
    throw new PatchError('brackets', place, `'${token.text}' closes a bracket of another kind`, hint);
  }

  #regions(): Regions {
    const cutUntil = this.#cutHead();
    const tokens = this.#between(cutUntil, this.#text.length);
    const last = matchBrackets(tokens).closing.at(-1);
    const whole = this.#text.length;
    const startsBody = cutUntil > 0 && tokens[0]?.text === '{';
    if (last === undefined) {
      const items = itemsOf(tokens, cutUntil, whole);
      if (startsBody) {
        const [body] = items as [Item, ...Item[]];
        return { cutUntil, insideUntil: body.complete ? body.to : whole, endsFunction: body.complete };
      }
      const inside = items.some(goesOnWith);
      return { cutUntil, insideUntil: inside ? whole : cutUntil, endsFunction: false };
    }
    const behind = (tokens[last] as Token).at + 1;
    // The end of an initialiser, behind which the function goes on, or of a struct.
    if (tokens[last + 1]?.text === ';') {
      const from = (tokens[last + 1] as Token).at + 1;
      const inside = itemsOf(tokens.slice(last + 2), from, whole).some(goesOnWith);
      return { cutUntil: from, insideUntil: inside ? whole : from, endsFunction: false };
    }
    const after = itemsOf(tokens.slice(last + 1), behind, whole);
    const goesOn = after.some(goesOnWith);
    return { cutUntil, insideUntil: goesOn ? whole : behind, endsFunction: !goesOn };
  }

  /** Where the rest of a declaration or statement ends whose beginning is above the hunk; 0 if it begins with a whole one. */
  #cutHead(): number {
    const { closing } = matchBrackets(this.#tokens);
    const round = closing.filter((at) => this.#tokens[at]?.text === ')').at(-1);
    if (round === undefined) return 0;
    if (this.#tokens[round + 1]?.text === '{') return (this.#tokens[round] as Token).at + 1;
    const end = this.#tokens.findIndex(({ text }, i) => i > round && (text === ';' || text === '}'));
    return end < 0 ? this.#text.length : (this.#tokens[end] as Token).at + 1;
  }

  /** Statements, and what is cut off behind the last whole one. */
  #inside(from: number, to: number, endsFunction: boolean): Unit[] {
    const tokens = this.#between(from, to);
    const end = endsFunction ? tokens.length : wholeStatements(tokens);
    const until = end === tokens.length ? to : end === 0 ? from : (tokens[end - 1] as Token).at + 1;
    const name = nameOf(tokensOf(this.#hunk.section));
    const units: Unit[] = [];
    if (end > 0) {
      // Behind the rest of a head stands the brace of the body itself.
      const startsBody = tokens[0]?.text === '{' && from > 0;
      const inner = frameOf(tokens.slice(Number(startsBody), end), endsFunction);
      const frame = startsBody ? { ...inner, before: inner.before.slice(0, -1) } : inner;
      const missing = endsFunction ? 'beginning' : 'both';
      units.push({ ...this.#unit('fragment', name, missing, from, until), ...frame });
    }
    if (until < to) units.push(this.#unit('cut-off', name, 'end', until, to));
    return units.filter((unit) => unit.lines.length > 0);
  }

  #ofFileScope(item: Item): Unit {
    const name = nameOf(item.tokens);
    if (!item.complete) return this.#unit('cut-off', name, 'end', item.from, item.to);
    if (isFunction(item)) return this.#unit('function', name, 'nothing', item.from, item.to);
    const isPrototype = item.body === null && item.tokens.at(-2)?.text === ')' && name !== null;
    return this.#unit(isPrototype ? 'prototype' : 'declaration', name, 'nothing', item.from, item.to);
  }

  #unit(kind: Unit['kind'], name: string | null, missing: Unit['missing'], from: number, to: number): Unit {
    const lines = this.#slice(from, to);
    const [first, last] = [lines[0]?.mailLine ?? 0, lines.at(-1)?.mailLine ?? 0];
    const removed = this.#hunk.removed.filter(({ mailLine }) => mailLine >= first && mailLine <= last);
    const changed = removed.length > 0 || lines.some((line) => line.added && line.text.trim() !== '');
    return {
      kind,
      name,
      file: this.#file,
      patch: this.#name,
      missing,
      changed,
      lines,
      removed: removed.map(({ text }) => text),
      before: '',
      after: '',
    };
  }

  /** The lines of a range, with blanks for what is before and behind it; without empty lines at its ends. */
  #slice(from: number, to: number): readonly PatchedLine[] {
    const [first, last] = [this.#rowOf(from), this.#rowOf(Math.max(from, to - 1))];
    const rows = this.#lines.slice(first, last + 1).map((line, i) => {
      const row = first + i;
      const begin = row === first ? from - this.#startOf(row) : 0;
      const end = row === last ? this.#endWithComment(row, to - this.#startOf(row)) : line.text.length;
      return { ...line, text: ' '.repeat(begin) + line.text.slice(begin, end) };
    });
    const isBlank = (line: PatchedLine): boolean => line.text.trim() === '';
    const begin = rows.findIndex((line) => !isBlank(line));
    const end = rows.findLastIndex((line) => !isBlank(line));
    return begin < 0 ? [] : rows.slice(begin, end + 1);
  }

  /** A comment behind the last sign of a line belongs to what it stands behind. */
  #endWithComment(row: number, end: number): number {
    const masked = this.#masked[row] as string;
    return masked.slice(end).trim() === '' ? masked.length : end;
  }

  #between(from: number, to: number): Token[] {
    return this.#tokens.filter(({ at }) => at >= from && at < to);
  }

  #rowOf(at: number): number {
    let rest = at;
    let row = 0;
    while (row < this.#masked.length - 1 && rest > (this.#masked[row] as string).length) {
      rest -= (this.#masked[row] as string).length + 1;
      row++;
    }
    return row;
  }

  #startOf(row: number): number {
    return this.#masked.slice(0, row).reduce((n, line) => n + line.length + 1, 0);
  }
}

/** How many tokens whole statements take, and the blocks that are open round the last of them. */
function wholeStatements(tokens: readonly Token[]): number {
  let round = 0;
  let end = 0;
  for (const [i, { text }] of tokens.entries()) {
    if (text === '(' || text === '[') round++;
    if (text === ')' || text === ']') round--;
    const isLabel =
      text === ':' && isName(tokens[i - 1]?.text) && /^[;{}:]?$/.test(tokens[i - 2]?.text ?? '');
    if (round === 0 && (text === ';' || text === '{' || text === '}' || isLabel)) end = i + 1;
  }
  return end;
}
