import type { Path } from '../../kernel/path.ts';
import { netCount } from '../../kernel/table.ts';
import { assert, type Effect } from '../../language/effect.ts';
import { both, either, equal, NONE } from '../../language/expression.ts';

/**
 * The break returns 0: its slot must be empty, not a table, or W=1 with count 1. Judged with the last access of the
 * function, since returning touches nothing.
 */
export const returnsZero = ({ k, mm, slot }: Path): Effect => {
  const table = k.slotTable.at(mm, slot);
  return assert(
    'break-leaves-private',
    either(equal(table, NONE), both(k.slotWritable.at(mm, slot), equal(netCount(k, table), 1))),
    'the slot empty, not a table, or writable on a table with count 1 when the break returns 0',
    'the slot points to {0} with W={1}',
    [table, k.slotWritable.at(mm, slot)],
  );
};

/** At the return, unless the caller has its break judged under the lock. */
export const judgedAtReturn = (path: Path): Effect[] =>
  path.judgesBreakUnderLock ? [] : [returnsZero(path)];

/** In the last step under the pte lock, or in a later read that ends the break, for a caller who asks for it. */
export const judgedUnderLock = (path: Path): Effect[] =>
  path.judgesBreakUnderLock ? [returnsZero(path)] : [];
