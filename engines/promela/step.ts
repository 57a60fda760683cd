import type { Effect } from '../../model/language/effect.ts';
import type { PlanCondition } from '../plan/plan.ts';
import type { Way } from '../plan/ways.ts';
import { biasedEffects } from './biased.ts';
import type { ThreadText } from './dialect.ts';

/**
 * SPIN names a failed assertion by its text, so that the number of the check stands in it. No number of a check is 0: what
 * is left is the promise.
 */
export const promise = (check: string, that: string): string => `assert(${check} == 0 || ${that})`;

/**
 * A way as one option of a selection: all of it in one d_step, which is one transition of the verifier, and the jump after it,
 * because no jump may leave a d_step (spinroot.com/spin/Man/d_step.html).
 */
export function optionText(way: Way, text: ThreadText): string {
  const { context, thread } = text;
  const { plan } = context;
  const body = [
    ...plan.always.filter((c) => c.brokenAtStart).map((c) => promised(c, text)),
    ...way.scratch.map((flag) => `${context.scratch.get(flag)} = 0`),
    ...effectLines(biasedEffects(way.effects, context.bias(thread)), text),
    ...(way.ends && plan.asked.has(thread.number) ? [`${context.ended[thread.number]} = 1`] : []),
    ...way.watchers.map(({ monitor, flags }) => {
      const watch = `${context.monitors[monitor.number]!.watch}()`;
      if (flags === null) return watch;
      return choice(flags.map((f) => context.scratch.get(f)!).join(' || '), [watch], []);
    }),
    ...way.endangered.map((c) => promised(c, text)),
    ...(way.ends ? plan.atEnd.map((c) => promised(c, text)) : []),
  ];
  const guard = text.truth(way.guard);
  const label = context.labels[thread.number]![way.target]!;
  const lines = body.length === 0 ? ` ${guard} ` : ` ${guard} ->\n${indent(body.join(';\n'), 7)}\n     `;
  return `  :: d_step {${lines}}; goto ${label}`;
}

const promised = (condition: PlanCondition, { context }: ThreadText): string =>
  promise(context.checks[condition.check]!, context.conditions.get(condition)!);

const effectLines = (effects: readonly Effect[], text: ThreadText): string[] =>
  effects.map((effect) => effectText(effect, text));

function effectText(effect: Effect, text: ThreadText): string {
  switch (effect.k) {
    case 'set':
      return `${text.raw(effect.to)} = ${text.raw(effect.value)}`;
    case 'assert': {
      const { checks, plan } = text.context;
      return promise(checks[plan.program.checkNumber.get(effect.check)!]!, text.rawTruth(effect.that));
    }
    case 'if':
      return choice(
        text.rawTruth(effect.test),
        effectLines(effect.then, text),
        effectLines(effect.otherwise, text),
      );
  }
}

/** A selection of two: one of them always goes, so that nothing blocks inside a d_step. */
export function choice(test: string, then: readonly string[], otherwise: readonly string[]): string {
  const body = (lines: readonly string[]): string => (lines.length === 0 ? 'skip' : lines.join(';\n'));
  return `if\n:: ${test} ->\n${indent(body(then), 3)}\n:: else ->\n${indent(body(otherwise), 3)}\nfi`;
}

export const indent = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));
