import { InputError } from './input-error.ts';
import { quoted } from './quoted.ts';

/** A parsed JSON value. Objects are maps, so that the order of keys stays and no key (`__proto__`) has a meaning. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | ReadonlyMap<string, JsonValue>;

const deepest = 64;
const numberForm = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const words: Readonly<Record<string, JsonValue>> = { true: true, false: false, null: null };

/**
 * Parses JSON text. Stricter than JSON.parse: a key that stands twice, which most parsers resolve in silence, is an
 * error, and so is nesting beyond any use. Errors are InputErrors with line and column.
 */
export function parseJson(text: string, origin: string): JsonValue {
  // Windows editors write a byte order mark; it means nothing.
  let at = text.startsWith('\ufeff') ? 1 : 0;

  const fail = (what: string, where = at): never => {
    const lines = text.slice(0, where).split('\n');
    const column = lines[lines.length - 1]!.length + 1;
    throw new InputError('json', `${origin}:${lines.length}:${column}`, `not JSON: ${what}`);
  };
  const found = (): string =>
    at >= text.length ? 'the end of the file' : quoted(String.fromCodePoint(text.codePointAt(at)!));
  const skipBlanks = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
  };
  const take = (mark: string): boolean => {
    skipBlanks();
    if (text[at] !== mark) return false;
    at++;
    return true;
  };

  const string = (): string => {
    const start = at++;
    for (; text[at] !== '"'; at++) {
      if (at >= text.length) return fail('a string without an end', start);
      if (text.charCodeAt(at) < 0x20) return fail('a control character in a string');
      if (text[at] === '\\') at++;
    }
    at++;
    try {
      return JSON.parse(text.slice(start, at)) as string;
    } catch {
      return fail('an unknown escape in a string', start);
    }
  };
  const object = (depth: number): JsonValue => {
    const members = new Map<string, JsonValue>();
    at++;
    if (take('}')) return members;
    do {
      skipBlanks();
      if (text[at] !== '"') return fail(`expected a key in double quotes, found ${found()}`);
      const start = at;
      const key = string();
      if (members.has(key)) return fail(`the key ${quoted(key)} stands twice`, start);
      if (!take(':')) return fail(`expected ':' after the key ${quoted(key)}, found ${found()}`);
      members.set(key, value(depth + 1));
    } while (take(','));
    return take('}') ? members : fail(`expected ',' or '}', found ${found()}`);
  };
  const array = (depth: number): JsonValue => {
    const items: JsonValue[] = [];
    at++;
    if (take(']')) return items;
    do items.push(value(depth + 1));
    while (take(','));
    return take(']') ? items : fail(`expected ',' or ']', found ${found()}`);
  };
  const value = (depth: number): JsonValue => {
    if (depth > deepest) return fail(`nested deeper than ${deepest}`);
    skipBlanks();
    const c = text[at];
    if (c === '{') return object(depth);
    if (c === '[') return array(depth);
    if (c === '"') return string();
    for (const [word, meaning] of Object.entries(words)) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    }
    numberForm.lastIndex = at;
    const digits = numberForm.exec(text);
    if (digits === null) return fail(`expected a value, found ${found()}`);
    at += digits[0].length;
    return Number(digits[0]);
  };

  const whole = value(0);
  skipBlanks();
  if (at < text.length) fail(`more text after the end of the value: ${found()}`);
  return whole;
}

/** The same value in the plain objects of JavaScript, for what is written by this program. */
export function jsonValue(plain: unknown): JsonValue {
  if (Array.isArray(plain)) return plain.map(jsonValue);
  if (typeof plain === 'object' && plain !== null) {
    return new Map(Object.entries(plain).map(([key, value]) => [key, jsonValue(value)]));
  }
  return plain as JsonValue;
}
