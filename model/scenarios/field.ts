import { type InputCode, InputError } from './input-error.ts';
import type { JsonValue } from './json-text.ts';
import { quoted } from './quoted.ts';
import { didYouMean } from './suggestion.ts';

/** A value of a file together with the place where it stands, so that each question about it can answer with that place. */
export class Field {
  readonly value: JsonValue | undefined;
  readonly origin: string;
  /** Where in the file, such as `threads[1].run`; empty for the whole. */
  readonly path: string;

  constructor(value: JsonValue | undefined, origin: string, path = '') {
    this.value = value;
    this.origin = origin;
    this.path = path;
  }

  get given(): boolean {
    return this.value !== undefined;
  }

  fail(code: InputCode, what: string, hint = ''): never {
    throw new InputError(code, this.path === '' ? this.origin : `${this.origin}: ${this.path}`, what, hint);
  }

  /** The member with this key; a Field without a value if there is none. */
  member(key: string): Field {
    const value =
      this.value instanceof Map ? (this.value as ReadonlyMap<string, JsonValue>).get(key) : undefined;
    const step = /^\w{1,40}$/.test(key) ? key : quoted(key);
    return new Field(value, this.origin, this.path === '' ? step : `${this.path}.${step}`);
  }

  /** The keys of an object; any but the known ones are refused. */
  object(known?: readonly string[]): readonly string[] {
    if (!(this.value instanceof Map)) return this.expected('an object');
    const keys = [...(this.value as ReadonlyMap<string, JsonValue>).keys()];
    for (const key of keys) {
      if (known && !known.includes(key)) {
        this.member(key).fail('unknown-key', `unknown key ${quoted(key)}`, didYouMean(key, known));
      }
    }
    return keys;
  }

  list(): readonly Field[] {
    if (!Array.isArray(this.value)) return this.expected('a list');
    return this.value.map((item: JsonValue, i) => new Field(item, this.origin, `${this.path}[${i}]`));
  }

  text(): string {
    return typeof this.value === 'string' ? this.value : this.expected('a string');
  }

  boolean(): boolean {
    return typeof this.value === 'boolean' ? this.value : this.expected('true or false');
  }

  integer(low: number, high: number): number {
    const { value } = this;
    const range = `a whole number from ${low} to ${high}`;
    if (typeof value !== 'number') return this.expected(range);
    if (!Number.isInteger(value) || value < low || value > high) {
      return this.fail('value', `${value} is not ${range}`);
    }
    // -0 is the same number, and shows as another.
    return value + 0;
  }

  /** One of the names; `what` says what kind of name, for the message. */
  oneOf<N extends string>(names: readonly N[], what: string): N {
    const given = this.text();
    const name = names.find((n) => n === given);
    return name ?? this.fail('unknown-name', `unknown ${what} ${quoted(given)}`, didYouMean(given, names));
  }

  private expected(what: string): never {
    if (!this.given) return this.fail('missing', `missing; expected ${what}`);
    return this.fail('value', `expected ${what}, found ${told(this.value ?? null)}`);
  }
}

/** A value of the wrong kind, as a message calls it. */
function told(value: JsonValue): string {
  if (typeof value === 'string') return `the string ${quoted(value)}`;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  return Array.isArray(value) ? 'a list' : 'an object';
}
