import type { Path } from '../../kernel/path.ts';
import { type Fragment, named } from '../../language/machine.ts';
import type { Edits } from '../../variants/protocol.ts';
import type { PathOptions } from '../path.ts';
import { flushAndFree } from './gather.ts';
import type { ZapLocals } from './locals.ts';
import { slotsOfZap, zapRange } from './zap-range.ts';

/** zap_page_range_single() for each vma of the request: every call has a gather of its own, which it finishes. */
export const zapEachVma = (
  path: Path,
  l: ZapLocals,
  edits: Edits,
  options: PathOptions,
): Fragment<'next'> => {
  const slots = slotsOfZap(path.k.shape, options);
  // Version 4 takes no table from a slot here.
  const tables = edits.break === 'v4' ? [] : slots.map((s) => [s, 'zap'] as const);
  const finish = flushAndFree(path, l, { pages: slots, tables });
  return zapRange(path, l, edits, {
    slot: options.slot,
    entry: options.entry,
    covered: options.vmasAreSplit ? 'unless-split' : 'yes',
    goesAway: false,
    before: [],
    findsVmas: true,
    afterEach: [named('finish', finish)],
  });
};
