import { type Expression, expression, literal, type Operand } from './expression.ts';
import type { Target } from './variable.ts';

/** What a step does, in order. A step that takes or gives back a lock says so, for traces and for waiting relations. */
export type Effect = Assignment | Assertion | Choice;

export interface Assignment {
  readonly k: 'set';
  readonly to: Target;
  readonly value: Expression;
  readonly lock: 'acquire' | 'release' | null;
}

/**
 * A promise that a check of the same name judges when the step is taken. A broken promise is recorded and the step goes on.
 * `needed` and `found` become the closing line of a trace; `{0}`, `{1}` in `found` stand for the values of `facts`.
 */
export interface Assertion {
  readonly k: 'assert';
  readonly check: string;
  readonly that: Expression;
  readonly needed: string;
  readonly found: string;
  readonly facts: readonly Expression[];
  /** The kernel evaluates it itself (VM_WARN_ON): what it reads is read by the step. */
  readonly coded: boolean;
}

export interface Choice {
  readonly k: 'if';
  readonly test: Expression;
  readonly then: readonly Effect[];
  readonly otherwise: readonly Effect[];
}

export const set = (to: Target, value: Operand): Assignment => ({
  k: 'set',
  to,
  value: expression(value),
  lock: null,
});
export const acquire = (to: Target, value: Operand): Assignment => ({ ...set(to, value), lock: 'acquire' });
export const release = (to: Target, value: Operand): Assignment => ({ ...set(to, value), lock: 'release' });

/** Asserts an expression under the name of a check. */
export function assert(
  check: string,
  that: Operand,
  needed: string,
  found: string,
  facts: readonly Operand[] = [],
): Assertion {
  const coded = false;
  return { k: 'assert', check, that: expression(that), needed, found, facts: facts.map(expression), coded };
}

/** An assertion that stands in the code of the kernel, such as a VM_WARN_ON: `that` is what must hold for it to stay silent. */
export const warnUnless = (
  check: string,
  that: Operand,
  needed: string,
  found: string,
  facts: readonly Operand[] = [],
): Assertion => ({ ...assert(check, that, needed, found, facts), coded: true });

/** Records that a check is broken whenever the step is taken. */
export const violate = (
  check: string,
  needed: string,
  found: string,
  facts: readonly Operand[] = [],
): Assertion => assert(check, literal(0), needed, found, facts);

/** Effects under a condition; folded away when the condition is a constant. */
export function when(
  test: Operand,
  then: readonly Effect[],
  otherwise: readonly Effect[] = [],
): readonly Effect[] {
  const t = expression(test);
  if (t.k === 'literal') return t.value !== 0 ? then : otherwise;
  return then.length + otherwise.length === 0 ? [] : [{ k: 'if', test: t, then, otherwise }];
}
