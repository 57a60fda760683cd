import type { Operand } from '../../model/language/expression.ts';
import type { ForkPath } from '../../model/threads/fork/locals.ts';
import type { ZapLocals } from '../../model/threads/zap/locals.ts';
import type { ZapRequest } from '../../model/threads/zap/request.ts';
import type { VmaPart } from '../../model/variants/protocol.ts';

/**
 * What a translated function does for the model: it breaks; or it is a part of fork, which works on two mms; or of zap, which has
 * a gather. What its stores promise, and what its steps count as, depends on it.
 */
export type Task = { readonly k: 'break' } | ForkTask | ZapTask;

export interface ForkTask {
  readonly k: 'fork';
  readonly path: ForkPath;
  /** The vma that is copied. A vma that was cut is two. */
  readonly part: VmaPart;
  readonly copiesRest: boolean;
}

export interface ZapTask {
  readonly k: 'zap';
  readonly l: ZapLocals;
  /** Null in free_pmd_range(), of which nobody asks to discard anything. */
  readonly request: ZapRequest | null;
}

export const breaking: Task = { k: 'break' };

/** The mm of a value that may belong to another than the thread's own. */
export const mmOf = (value: { readonly mm?: Operand }, path: { readonly mm: Operand }): Operand =>
  value.mm ?? path.mm;
