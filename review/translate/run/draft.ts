import type { Effect } from '../../../model/language/effect.ts';
import { both, type Expression } from '../../../model/language/expression.ts';
import type { Outcome } from '../actions/step.ts';
import { mentions, readsShared, setsLocals } from './assignments.ts';

/** A branch of a step while it is not known yet where it leads. */
export interface Draft {
  readonly event: 'STEP' | 'FAIL';
  readonly guard: Expression | null;
  readonly promises: readonly Effect[];
  readonly effects: readonly Effect[];
  readonly kinds: readonly string[];
}

export const draftOf = ({ event, guard, promises, effects, kinds }: Outcome): Draft => ({
  event,
  guard,
  promises,
  effects,
  kinds,
});

export const under = (draft: Draft, condition: Expression): Draft => ({
  ...draft,
  guard: draft.guard ? both(draft.guard, condition) : condition,
});
export const also = (draft: Draft, effects: readonly Effect[], ...kinds: readonly string[]): Draft => ({
  ...draft,
  effects: [...draft.effects, ...effects],
  kinds: [...draft.kinds, ...kinds],
});
export const promising = (draft: Draft, promise: Effect, kind: string): Draft => ({
  ...draft,
  promises: [...draft.promises, promise],
  kinds: [...draft.kinds, kind],
});

/** A condition that reads a local which the step itself sets cannot guard that step. */
export const speaksOfOwn = (condition: Expression, draft: Draft): boolean =>
  setsLocals(draft.effects).some((local) => mentions(condition, local));

/** Effects that read what the step itself stores would read the wrong value. */
export const canJoin = (effects: readonly Effect[], draft: Draft): boolean =>
  effects.every((effect) => effect.k === 'assert' || !readsShared(effect)) ||
  draft.effects.every((effect) => effect.k === 'assert');

export const nothingYet: Draft = { event: 'STEP', guard: null, promises: [], effects: [], kinds: [] };

/** No state has it. */
export const isNever = (condition: Expression): boolean => condition.k === 'literal' && condition.value === 0;
