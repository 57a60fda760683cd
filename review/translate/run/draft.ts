import type { Effect } from '../../../model/language/effect.ts';
import { both, type Expression } from '../../../model/language/expression.ts';
import type { Outcome } from '../actions/step.ts';

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
