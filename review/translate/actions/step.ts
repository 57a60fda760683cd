import type { Kernel } from '../../../model/kernel/kernel.ts';
import type { Path } from '../../../model/kernel/path.ts';
import type { Effect } from '../../../model/language/effect.ts';
import type { Expression, LocalRead, Operand } from '../../../model/language/expression.ts';
import type { Fragment } from '../../../model/language/machine.ts';
import type { Type } from '../../../model/language/variable.ts';
import type { Finding } from '../../lint/finding.ts';
import type { PatchReason } from '../../patch-error.ts';
import type { Task } from '../task.ts';
import type { Value } from '../values/value.ts';

/** What is known of the function so far, beside the values of its variables. */
export interface Standing {
  /** Spin locks that it holds. */
  readonly held: number;
  /** It has stored to the slot since it took the first of them. */
  readonly stored: boolean;
  /** What it leaves behind has been judged under a lock. */
  readonly judged: boolean;
  /** It has done more than look at the slot. */
  readonly open: boolean;
  /** The last break that it called has failed. */
  readonly failed: boolean;
  /** The slot that it breaks, where it is not the one of its thread. */
  readonly slot: Operand | null;
  /** The entry of which is settled what the child of a fork must see behind it. */
  readonly inherited: number | null;
}

export const atStart: Standing = {
  held: 0,
  stored: false,
  judged: false,
  open: false,
  failed: false,
  slot: null,
  inherited: null,
};

/** One way that a step can go; the first whose guard is true is taken. */
export interface Outcome {
  /** 'FAIL' where the environment chooses that an allocation fails. */
  readonly event: 'STEP' | 'FAIL';
  readonly guard: Expression | null;
  /** The thread ends here, with all that it holds. */
  readonly stops: boolean;
  /** Promises about the state before the step. */
  readonly promises: readonly Effect[];
  readonly effects: readonly Effect[];
  /** In terms of the state before the step, and of locals that `effects` set. */
  readonly result: Value | null;
  readonly kinds: readonly string[];
  readonly standing: Partial<Standing>;
  /** A table that is one, as this way has shown. */
  readonly shown: Expression | null;
}

/**
 * What an action comes to: a value; a step; a promise in the step before it; an end of the thread in that step, where a condition
 * holds; or a whole piece of the model.
 */
export type Performed =
  | { readonly k: 'value'; readonly value: Value }
  | {
      readonly k: 'step';
      readonly says: string;
      readonly kinds: readonly string[];
      readonly outcomes: readonly Outcome[];
    }
  | { readonly k: 'along'; readonly effects: readonly Effect[] }
  | {
      readonly k: 'ends';
      readonly when: Expression;
      readonly effects: readonly Effect[];
      readonly shown: Expression;
    }
  | { readonly k: 'piece'; readonly piece: Fragment; readonly results: Readonly<Record<string, Value>> };

/** What an action knows of the place where it stands. */
export interface Context {
  readonly task: Task;
  readonly path: Path;
  readonly k: Kernel;
  /** The primitive that is called; '' for a plain read or write. */
  readonly by: string;
  readonly line: number;
  readonly source: string;
  readonly function: string;
  readonly standing: Standing;
  /** The table that the local cowed_entry names, if a copy should read that one. */
  readonly copiesFrom: Expression | null;
  /** A local of the thread for what the action yields. */
  readonly local: (part: string, type: Type) => LocalRead;
  /** Says that the text has a mistake here, or what looks like one. */
  readonly warn: (rule: Finding['rule'], what: string) => void;
  readonly fail: (reason: PatchReason, what: string, hint: string) => never;
}

const ordinary: Outcome = {
  event: 'STEP',
  guard: null,
  stops: false,
  promises: [],
  effects: [],
  result: null,
  kinds: [],
  standing: {},
  shown: null,
};
export const way = (parts: Partial<Outcome>): Outcome => ({ ...ordinary, ...parts });
export const step = (says: string, kinds: readonly string[], ...outcomes: readonly Outcome[]): Performed => ({
  k: 'step',
  says,
  kinds,
  outcomes,
});
export const valued = (value: Value): Performed => ({ k: 'value', value });
