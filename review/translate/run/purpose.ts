import type { Effect } from '../../../model/language/effect.ts';
import { type Expression, literal, not } from '../../../model/language/expression.ts';
import type { AfterBreak } from '../../../model/threads/break/call.ts';
import type { Context } from '../actions/step.ts';
import { breaking, type Task } from '../task.ts';
import { isTrue } from '../values/arithmetic.ts';
import type { Value } from '../values/value.ts';

/** An exit, and the condition under which it is taken if none before it was. */
export type WayOut<X extends string = string> = readonly [exit: X, when: Expression | null];

/** What a translated function is for: what the model makes of it, and of what it returns. */
export interface Purpose<X extends string = string> {
  readonly task: Task;
  readonly exits: readonly X[];
  /** It asks whether the last break that it called has failed. */
  readonly asksForFailure: boolean;
  /** What happens where a break that it called returns, if that has failed; nothing if left out. */
  readonly onFailedBreak?: readonly Effect[];
  /** What follows an allocation that fails is left out where none can. Default: false. */
  readonly neverFails?: boolean;
  readonly leave: (value: Value | null, failedBreak: boolean, c: Context) => readonly WayOut<X>[];
}

const isFailure = (value: Value | null, c: Context): Expression =>
  value?.k === 'int' ? isTrue(value, c) : literal(0);

/** A whole function of the break: 0 or nothing is success. */
export const wholeBreak: Purpose<'done' | 'failed'> = {
  task: breaking,
  exits: ['done', 'failed'],
  asksForFailure: false,
  leave: (value, _, c) => {
    const failed = isFailure(value, c);
    if (failed.k === 'literal') return [[failed.value !== 0 ? 'failed' : 'done', null]];
    return [
      ['failed', failed],
      ['done', null],
    ];
  },
};

/** What a patch adds to a function that calls the break: 0 where that function goes on. */
export const callOfBreak: Purpose<AfterBreak> = {
  task: breaking,
  exits: ['done', 'dropped', 'left'],
  asksForFailure: true,
  leave: (value, failedBreak, c) => {
    const leaves = isFailure(value, c);
    if (leaves.k !== 'literal')
      return [
        ['left', leaves],
        ['done', not(leaves)],
      ];
    return [[leaves.value !== 0 ? 'left' : failedBreak ? 'dropped' : 'done', null]];
  },
};
