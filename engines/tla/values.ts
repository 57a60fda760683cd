import type { ProgramThread } from '../../explorer/program/program.ts';
import type { Effect } from '../../model/language/effect.ts';
import { truthText, valueText } from '../plan/expression-text.ts';
import type { TlaContext } from './context.ts';
import { type Current, dialectOf } from './dialect.ts';

/** What effects come to: values with names of their own, and under which of them each variable is left. */
export interface Values {
  /** Definitions of a LET, in order; each may use those before it. */
  readonly definitions: readonly { readonly name: string; readonly value: string }[];
  /** The text of the last value of each variable that is stored to; scratch variables included. */
  readonly last: ReadonlyMap<string, string>;
  /** Promises on the way, each with the name of its check. */
  readonly promises: readonly { readonly check: string; readonly that: string }[];
}

/**
 * Turns effects in order into values without an order: each store makes a new value of its variable, and where a choice
 * has been made a variable is the value of either side. Definitions of a LET are evaluated where they are used, so that
 * an index that only one side may use is harmless.
 */
export function valuesOf(effects: readonly Effect[], thread: ProgramThread, context: TlaContext): Values {
  const definitions: { name: string; value: string }[] = [];
  const promises: { check: string; that: string }[] = [];
  const counts = new Map<string, number>();

  const define = (variable: string, value: string): string => {
    const n = (counts.get(variable) ?? 0) + 1;
    counts.set(variable, n);
    const name = `${variable.replace(/[^A-Za-z0-9]/g, '_')}__${n}`;
    definitions.push({ name, value });
    return name;
  };

  const run = (
    list: readonly Effect[],
    before: ReadonlyMap<string, string>,
    path: readonly string[],
  ): ReadonlyMap<string, string> => {
    const now = new Map(before);
    const current: Current = (variable) => now.get(variable) ?? (variable.includes(' ') ? '0' : variable);
    const d = dialectOf(context, thread, current);
    for (const effect of list) {
      switch (effect.k) {
        case 'set': {
          const value = valueText(effect.value, thread.scope, d);
          const { to } = effect;
          if (to.k === 'local') {
            const name = context.threads[thread.number]!.locals.get(to.name) ?? to.name;
            now.set(name, define(name, value));
          } else {
            const name = context.shared.get(to.name)!;
            const at = to.at.map((i) => valueText(i, thread.scope, d)).join(', ');
            const whole = to.at.length === 0 ? value : `[${current(name)} EXCEPT ![${at}] = ${value}]`;
            now.set(name, define(name, whole));
          }
          break;
        }
        case 'assert': {
          const that = truthText(effect.that, thread.scope, d);
          promises.push({
            check: effect.check,
            that: path.length === 0 ? that : `((${path.join(' /\\ ')}) => ${that})`,
          });
          break;
        }
        case 'if': {
          const test = truthText(effect.test, thread.scope, d);
          const then = run(effect.then, now, [...path, test]);
          const otherwise = run(effect.otherwise, now, [...path, `~${test}`]);
          const before_ = new Map(now);
          for (const name of new Set([...then.keys(), ...otherwise.keys()])) {
            const old = before_.get(name) ?? (name.includes(' ') ? '0' : name);
            const [a, b] = [then.get(name) ?? old, otherwise.get(name) ?? old];
            if (a !== b) now.set(name, define(name, `IF ${test} THEN ${a} ELSE ${b}`));
          }
          break;
        }
      }
    }
    return now;
  };
  const last = run(effects, new Map(), []);
  return inlined({ definitions, last, promises });
}

/** A value that is used once stands better where it is used. */
function inlined(values: Values): Values {
  const definitions = [...values.definitions];
  const last = new Map(values.last);
  for (let n = definitions.length - 1; n >= 0; n--) {
    const { name, value } = definitions[n]!;
    const word = new RegExp(`\\b${name}\\b`, 'g');
    const inside = [
      ...definitions.map((x) => x.value),
      ...values.promises.map((p) => p.that),
      // Values that were moved here before: they use what stands before them.
      ...[...last.values()].filter((text) => text !== name),
    ];
    if (inside.some((text) => text.search(word) >= 0)) continue;
    const users = [...last].filter(([, text]) => text === name);
    if (users.length > 1) continue;
    definitions.splice(n, 1);
    for (const [variable] of users) last.set(variable, value);
  }
  return { ...values, definitions, last };
}
