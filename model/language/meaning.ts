import { assign, setup } from 'xstate';
import type { Effect } from './effect.ts';
import type { Expression } from './expression.ts';
import { applyEffects, type Broken, evaluate, type Moment, type Scope } from './interpreter.ts';

/** The context of a thread's machine in XState. */
export interface ThreadContext {
  readonly scope: Scope;
  readonly now: Moment;
  /** Promises broken by the last step. */
  readonly broken: readonly Broken[];
}

/** The two words that XState has to know: what a guard and an action of the language mean. */
export const words = setup({
  types: { context: {} as ThreadContext },
  guards: {
    when: ({ context }: { context: ThreadContext }, params: { readonly test: Expression }) =>
      evaluate(params.test, context.scope, context.now) !== 0,
  },
  actions: {
    apply: assign(
      ({ context }: { context: ThreadContext }, params: { readonly effects: readonly Effect[] }) => {
        const broken: Broken[] = [];
        return { now: applyEffects(params.effects, context.scope, context.now, broken), broken };
      },
    ),
  },
});
