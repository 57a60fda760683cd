import type { Condition } from '../../model/language/system.ts';
import { readsEnded, sharedReads, sharedStores } from './accesses.ts';
import type { ProgramBranch, ProgramThread } from './program.ts';

/**
 * The conditions that a branch can make false, given that they held before: those that read a variable to which it stores,
 * or that ask who has ended when it ends its thread. The others need not be evaluated after it.
 */
export function endangered(
  conditions: readonly Condition[],
  branch: ProgramBranch,
  thread: ProgramThread,
): readonly Condition[] {
  const { always, sometimes } = sharedStores(branch.effects);
  const ends = thread.places[branch.target]!.final === 'ended';
  return conditions.filter(
    ({ that }) =>
      [...sharedReads(that)].some((name) => always.has(name) || sometimes.has(name)) ||
      (ends && readsEnded(that)),
  );
}
