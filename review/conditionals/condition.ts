import { quoted } from '../../model/scenarios/quoted.ts';
import { didYouMean } from '../../model/scenarios/suggestion.ts';
import { PatchError, type PatchPlace } from '../patch-error.ts';
import type { Symbols } from './symbols.ts';

/** Decimal and signed: a number that begins with 0 is octal, and one with a u makes its neighbours unsigned. */
const tokenForm = /\s*(?:(0|[1-9]\d*)[lL]*\b|(\w+)|(&&|\|\||[!=<>]=|[!<>()+-]))/y;
const deepest = 50;

/** The value of the condition of an `#if`. Throws a PatchError for a symbol that has no value and for anything else it does not know. */
export function evaluateCondition(text: string, symbols: Symbols, place: PatchPlace): number {
  const tokens = tokensOf(text, place);
  let at = 0;
  let depth = 0;
  const fail = (what: string): never => {
    throw new PatchError('conditional', place, `the condition ${quoted(text.trim())}: ${what}`, understood);
  };
  const eat = (token: string): boolean => tokens[at] === token && ++at > 0;
  const expect = (token: string): void => {
    if (!eat(token)) fail(`'${token}' was expected`);
  };
  const name = (): string => {
    const token = tokens[at++] ?? '';
    return /^[A-Za-z_]\w*$/.test(token) ? token : fail('a symbol was expected');
  };
  const isSet = (): number => {
    const bracket = eat('(');
    const value = Number(symbolValue(name(), symbols, place) !== 0);
    if (bracket) expect(')');
    return value;
  };
  const primary = (): number => {
    if (++depth > deepest) fail('too many levels');
    try {
      if (eat('!')) return Number(primary() === 0);
      if (eat('-')) return -primary();
      if (eat('(')) {
        const value = binary(0);
        expect(')');
        return value;
      }
      if (eat('defined') || eat('IS_ENABLED') || eat('IS_BUILTIN')) return isSet();
      const token = tokens[at] ?? '';
      if (/^(?:0|[1-9]\d*)$/.test(token)) {
        at++;
        return Number(token);
      }
      return symbolValue(name(), symbols, place);
    } finally {
      depth--;
    }
  };
  const binary = (level: number): number => {
    const operators = levels[level];
    if (!operators) return primary();
    let left = binary(level + 1);
    for (;;) {
      const found = Object.keys(operators).find((op) => eat(op));
      if (found === undefined) return left;
      left = operators[found]!(left, binary(level + 1));
    }
  };
  const value = binary(0);
  if (at < tokens.length) fail(`${quoted(tokens[at]!)} is too much`);
  return value;
}

const understood = 'known: defined(X), IS_ENABLED(X), decimal numbers, ! && || == != < <= > >= + -';

type Operation = (a: number, b: number) => number;
const levels: readonly Readonly<Record<string, Operation>>[] = [
  { '||': (a, b) => Number(a !== 0 || b !== 0) },
  { '&&': (a, b) => Number(a !== 0 && b !== 0) },
  { '==': (a, b) => Number(a === b), '!=': (a, b) => Number(a !== b) },
  {
    '<=': (a, b) => Number(a <= b),
    '>=': (a, b) => Number(a >= b),
    '<': (a, b) => Number(a < b),
    '>': (a, b) => Number(a > b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
];

function tokensOf(text: string, place: PatchPlace): string[] {
  const tokens: string[] = [];
  const form = new RegExp(tokenForm);
  const end = text.trimEnd().length;
  while (form.lastIndex < end) {
    const found = form.exec(text);
    if (!found) {
      throw new PatchError(
        'conditional',
        place,
        `the condition ${quoted(text.trim())} cannot be read`,
        understood,
      );
    }
    tokens.push((found[1] ?? found[2] ?? found[3]) as string);
  }
  return tokens;
}

/** The value of a symbol; one without is an error, because either guess might leave out what matters. */
function symbolValue(name: string, symbols: Symbols, place: PatchPlace): number {
  const value = symbols.get(name);
  if (value !== undefined) return value;
  const near = didYouMean(name, [...symbols.keys()]);
  const hint = `give --config ${name}=y or =n${near.startsWith('did') ? `; ${near}` : ''}`;
  throw new PatchError('unknown-symbol', place, `no value is known for ${quoted(name)}`, hint);
}
