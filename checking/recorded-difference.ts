import { type JsonValue, jsonValue } from '../model/scenarios/json-text.ts';

/** The first place at which a recorded value is not the one that was made again. */
export interface Difference {
  /** Behind the place where the comparison began, such as `.reads[0]`. */
  readonly path: string;
  readonly recorded: string;
  readonly now: string;
}

/** Compares a value of a file with a plain value of this program; null if they are the same. */
export const difference = (recorded: JsonValue | undefined, now: unknown): Difference | null =>
  compare(recorded, jsonValue(now), '');

type Members = ReadonlyMap<string, JsonValue>;
type Items = readonly JsonValue[];

function compare(
  recorded: JsonValue | undefined,
  now: JsonValue | undefined,
  path: string,
): Difference | null {
  const differs = { path, recorded: told(recorded), now: told(now) };
  if (recorded instanceof Map && now instanceof Map)
    return compareMembers(recorded as Members, now as Members, path);
  if (Array.isArray(recorded) && Array.isArray(now))
    return compareItems(recorded as Items, now as Items, path);
  return recorded === now ? null : differs;
}

function compareMembers(recorded: Members, now: Members, path: string): Difference | null {
  for (const key of new Set([...recorded.keys(), ...now.keys()])) {
    const step = /^\w{1,40}$/.test(key) ? `.${key}` : `[${JSON.stringify(key.slice(0, 60))}]`;
    const found = compare(recorded.get(key), now.get(key), path + step);
    if (found) return found;
  }
  return null;
}

function compareItems(recorded: Items, now: Items, path: string): Difference | null {
  for (let i = 0; i < Math.max(recorded.length, now.length); i++) {
    const found = compare(recorded[i], now[i], `${path}[${i}]`);
    if (found) return found;
  }
  return null;
}

/** A value as a message shows it: all of it if it is short. */
function told(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value instanceof Map) return 'an object';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  const text = JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
