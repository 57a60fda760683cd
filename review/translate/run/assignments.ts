import { type Effect, set } from '../../../model/language/effect.ts';
import type { Expression, LocalRead } from '../../../model/language/expression.ts';
import type { Type } from '../../../model/language/variable.ts';

/** A local gets a new value; all of a step get theirs at once, from the state before it. */
export interface Assignment {
  readonly to: LocalRead;
  readonly value: Expression;
  readonly type: Type;
}

/** Whether an expression, or effects, speak of a local, or of anything shared. */
export const mentions = (what: unknown, local: string): boolean =>
  JSON.stringify(what).includes(`"k":"local","name":"${local}"`);
/** Whether an expression, or an effect, reads anything shared. */
export const readsShared = (e: Expression | Effect): boolean => JSON.stringify(e).includes('"k":"shared"');

/** The locals that effects set. */
export const setsLocals = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) => {
    if (effect.k === 'set') return effect.to.k === 'local' ? [effect.to.name] : [];
    return effect.k === 'if' ? [...setsLocals(effect.then), ...setsLocals(effect.otherwise)] : [];
  });

/**
 * The assignments one after the other, round the effects of their step: what reads shared memory comes before a store of the step,
 * what the step needs the old value of comes after it.
 */
export function inOrder(
  assignments: readonly Assignment[],
  effects: readonly Effect[],
  temporary: (type: Type) => LocalRead,
): Effect[] {
  const stores = effects.some((effect) => effect.k !== 'assert');
  const before: Effect[] = [];
  const rest: Assignment[] = [];
  for (const one of assignments) {
    if (!stores || !readsShared(one.value)) {
      rest.push(one);
      continue;
    }
    const isNeeded =
      mentions(effects, one.to.name) ||
      assignments.some((other) => other !== one && mentions(other.value, one.to.name));
    const to = isNeeded ? temporary(one.type) : one.to;
    before.push(set(to, one.value));
    if (isNeeded) rest.push({ ...one, value: to });
  }
  return [...before, ...effects, ...oneByOne(rest, temporary)];
}

function oneByOne(assignments: readonly Assignment[], temporary: (type: Type) => LocalRead): Effect[] {
  const done: Effect[] = [];
  let rest = [...assignments];
  while (rest.length > 0) {
    const free = rest.find(
      (one) => !rest.some((other) => other !== one && mentions(other.value, one.to.name)),
    );
    const one = free ?? (rest[0] as Assignment);
    rest = rest.filter((other) => other !== one);
    if (!free) {
      // A ring: its old value is still needed.
      const old = temporary(one.type);
      done.push(set(old, one.to));
      const renamed = (e: Expression): Expression =>
        JSON.parse(
          JSON.stringify(e).replaceAll(
            `"k":"local","name":"${one.to.name}"`,
            `"k":"local","name":"${old.name}"`,
          ),
        );
      rest = rest.map((other) => ({ ...other, value: renamed(other.value) }));
    }
    done.push(set(one.to, one.value));
  }
  return done;
}
