import type { Operand } from '../../model/language/expression.ts';
import type { ForkPath } from '../../model/threads/fork/locals.ts';
import type { VmaPart } from '../../model/variants/protocol.ts';

/**
 * What a translated function does for the model: it breaks; or it is a part of fork, which works on two mms. What its
 * stores promise, and what its steps count as, depends on it.
 */
export type Task = { readonly k: 'break' } | ForkTask;

export interface ForkTask {
  readonly k: 'fork';
  readonly path: ForkPath;
  /** The vma that is copied. A vma that was cut is two. */
  readonly part: VmaPart;
  readonly copiesRest: boolean;
}

export const breaking: Task = { k: 'break' };

/** The mm of a value that may belong to another than the thread's own. */
export const mmOf = (value: { readonly mm?: Operand }, path: { readonly mm: Operand }): Operand =>
  value.mm ?? path.mm;
