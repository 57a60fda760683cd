import type { Path } from '../../kernel/path.ts';
import { set, violate } from '../../language/effect.ts';
import { type Fragment, leaving, wire } from '../../language/machine.ts';
import type { BreakText, Edits, FaultOfHook } from '../../variants/protocol.ts';
import type { BreakLocals } from './locals.ts';

/** The functions in which patch 04 calls the break. */
export type HookName = Parameters<BreakText['hook']>[0];

/** What a caller goes on with: the break done; its failure dropped; or the caller leaves with an error. */
export type AfterBreak = 'done' | 'dropped' | 'left';

/**
 * A call of the break as the text of a patch has it in one of the functions that call it; `posted` where there is no text for it,
 * which is the call of version 5.
 */
export const callOfBreak = (
  name: HookName,
  path: Path,
  edits: Edits,
  posted: () => Fragment<AfterBreak>,
  fault: FaultOfHook | null = null,
): Fragment<AfterBreak> => edits.text?.hook(name, path, fault) ?? posted();

/** A function that does not break. */
export const breaksNothing: Fragment<AfterBreak> = {
  entry: 'done',
  exits: ['done', 'dropped', 'left'],
  places: new Map(),
};

/** A break whose failure makes its caller leave. */
export const leavesOnFailure = (part: Fragment<'done' | 'failed'>): Fragment<AfterBreak> =>
  wire(part, { done: 'done', failed: 'left' });

/** A caller that goes on though its break has failed, which none of version 5 does where it reports the error. */
export const goesOnUnreported = (
  part: Fragment<AfterBreak>,
  l: Pick<BreakLocals, 'failed'>,
): Fragment<AfterBreak> =>
  leaving(
    part,
    'dropped',
    set(l.failed, 0),
    violate('failure-reported', 'an error returned after a break that failed', 'the caller goes on'),
  );
