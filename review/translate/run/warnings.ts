import { type Assertion, warnUnless } from '../../../model/language/effect.ts';
import { not } from '../../../model/language/expression.ts';
import { FREE_WARNS } from '../../../model/threads/zap/free-warns.ts';
import type { Context } from '../actions/step.ts';
import { isTrue } from '../values/arithmetic.ts';
import type { Value } from '../values/value.ts';

interface Judged {
  readonly check: string;
  readonly kind: string;
  readonly needed: string;
  readonly found: string;
}

/** Which property judges a warning: by what its condition comes from. */
const judgedBy: Readonly<Record<string, Judged>> = {
  'put unless last': {
    check: 'put-never-last',
    kind: 'put warning evaluated',
    needed: 'a count other than 1 at the put',
    found: 'the count is 1',
  },
  'pmds are equal': {
    check: 'pmd-same',
    kind: 'break compares the slot',
    needed: 'the slot still holding the value that was read',
    found: 'it holds another',
  },
  'pmd is none': {
    check: 'pmd-same',
    kind: 'break compares the slot',
    needed: 'the slot empty, or not, as the warning expects',
    found: 'it is not so',
  },
  'read count': {
    check: 'warn-shared-writable',
    kind: 'fault warning evaluated',
    needed: 'a slot without W where the count is above 1',
    found: 'the warning fires',
  },
  'pmd is writable': {
    check: 'warn-shared-writable',
    kind: 'fault warning evaluated',
    needed: 'a slot without W after a count above 1 was read',
    found: 'the slot has W=1',
  },
};

/** The one warning of zap: of a COW-ed slot that free_pmd_range() meets. */
const onFree: Judged = {
  check: 'warn-free-shared',
  kind: FREE_WARNS,
  needed: 'count 1 for a COW-ed slot at free_pmd_range()',
  found: 'the warning fires',
};

/** Beside the break only the warning of free_pmd_range() is judged as it stands, and that a put was the last one. */
function judgeOf(test: Value, { task }: Context): Judged | undefined {
  if (task.k === 'zap' && task.request === null) return onFree;
  const from = test.k === 'int' ? test.from : null;
  if (from === null || (task.k !== 'break' && from !== 'put unless last')) return undefined;
  return judgedBy[from];
}

/** The promise that a warning stays silent; null for one that no property judges. */
export function promiseOf(
  test: Value,
  c: Context,
): { readonly promise: Assertion; readonly kind: string } | null {
  const judged = judgeOf(test, c);
  if (!judged) return null;
  return {
    promise: warnUnless(judged.check, not(isTrue(test, c)), judged.needed, judged.found),
    kind: judged.kind,
  };
}
