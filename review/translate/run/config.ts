import type { Expression } from '../../../model/language/expression.ts';
import type { Standing } from '../actions/step.ts';
import type { Code } from '../code/code.ts';
import { partsOf, type Value } from '../values/value.ts';

/** A function that is being run: where it stands, and where its result goes in the function that called it. */
export interface Frame {
  readonly code: Code;
  readonly at: number;
  readonly to: string | null;
}

/** A moment of the translation: where the thread is, and what is known of its variables. */
export interface Config {
  readonly frames: readonly Frame[];
  /** By the name of the function and the variable, `f:x`; a member of a struct is `f:x.name`. */
  readonly values: ReadonlyMap<string, Value>;
  readonly standing: Standing;
}

/** The innermost function. */
export const frameOf = (config: Config): Frame => config.frames.at(-1) as Frame;

/** The name of a variable among all functions that run. */
export const fullName = (frame: Frame, name: string): string => `${frame.code.name}:${name}`;

/** The type that the text declares for a variable of one of the functions that run. */
export function typeOfVariable({ frames }: Config, name: string): string | undefined {
  const frame = frames.findLast(({ code }) => name.startsWith(`${code.name}:`));
  return frame?.code.types.get(name.slice(frame.code.name.length + 1));
}

/** The innermost function goes on elsewhere. */
export const movedTo = (config: Config, at: number): Config => ({
  ...config,
  frames: [...config.frames.slice(0, -1), { ...frameOf(config), at }],
});
export const next = (config: Config): Config => movedTo(config, frameOf(config).at + 1);

export const withValue = (config: Config, name: string | null, value: Value | null): Config => {
  if (name === null) return config;
  const values = new Map(config.values);
  if (value === null) values.delete(name);
  else values.set(name, value);
  return { ...config, values };
};

/** Only the variables that somebody still reads: others must not tell two moments apart. */
export function onlyLive(config: Config): Config {
  const live = new Set<string>();
  config.frames.forEach((frame, depth) => {
    const callee = config.frames[depth + 1];
    for (const name of frame.code.live[frame.at] ?? []) {
      const full = fullName(frame, name);
      if (callee?.to !== full) live.add(full);
    }
  });
  const values = [...config.values].filter(([name]) => live.has(name.replace(/\..*$/, '')));
  return { ...config, values: new Map(values) };
}

/** On this way a table has turned out to be one. */
export function shown(config: Config, table: Expression): Config {
  const text = JSON.stringify(table);
  const values = [...config.values].map(([name, value]) => {
    const names = 'known' in value && partsOf(value).some(([, e]) => JSON.stringify(e) === text);
    return [name, names ? { ...value, known: true } : value] as const;
  });
  return { ...config, values: new Map(values) };
}
