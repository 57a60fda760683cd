import type { Path } from '../../../model/kernel/path.ts';
import { when } from '../../../model/language/effect.ts';
import { literal, not } from '../../../model/language/expression.ts';
import { returnsZero } from '../../../model/threads/break/returns.ts';
import { atStart, type Context, type Standing } from '../actions/step.ts';
import { isTrue } from '../values/arithmetic.ts';
import type { Value } from '../values/value.ts';
import type { Config } from './config.ts';
import { also, type Draft } from './draft.ts';
import type { Purpose } from './purpose.ts';

/** The function that breaks: what it leaves behind when it returns 0 is judged. */
export const HANDLER = 'handle_cow_pte_fault';
/** The functions whose failure a caller has to report. */
export const BREAKS: ReadonlySet<string> = new Set([HANDLER, 'break_cow_pte', 'break_cow_pte_range']);

/**
 * The last step of the break. What a caller without mmap_lock leaves is judged there only if it was not judged under the lock
 * already.
 */
export function endOfBreak(draft: Draft, value: Value | null, c: Context): Draft {
  const { path, standing } = c;
  const failed = value === null ? literal(0) : isTrue(value, c);
  const judges = !(path.judgesBreakUnderLock && standing.judged);
  const ended = also(
    draft,
    judges ? when(not(failed), [returnsZero(path)]) : [],
    standing.open ? 'break returns' : 'break returns 0',
  );
  return failed.k === 'literal' && failed.value !== 0 ? also(ended, [], 'break fails') : ended;
}

/**
 * What must tell two moments apart. Only a caller whose break is judged under the lock asks for the stores, and only some ask for
 * failures. Outside of a break nothing is open.
 */
export function keptFor(
  { judgesBreakUnderLock }: Path,
  { standing, frames }: Config,
  { task, asksForFailure }: Purpose,
): Standing {
  const open = standing.open && (task.k === 'break' || frames.some((frame) => frame.code.name === HANDLER));
  if (judgesBreakUnderLock) return { ...standing, open };
  const { held, slot, failed, inherited } = standing;
  return { ...atStart, held, open, slot, inherited, failed: asksForFailure && failed };
}

/** A break returned something else than 0. */
export const hasFailed = (value: Value | null): boolean =>
  value?.k === 'int' && value.e.k === 'literal' && value.e.value !== 0;
