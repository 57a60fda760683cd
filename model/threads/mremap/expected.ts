import { expectedPage } from '../../kernel/entry.ts';
import { type Effect, set } from '../../language/effect.ts';
import { NONE } from '../../language/expression.ts';
import type { Move } from './locals.ts';

/**
 * What the mm must see moves with an entry: at the new address from the store on, at the old one until the flush, since a processor
 * may still have the old translation.
 */
export const seenAtNewAddress = ({ path, to }: Move, entry: number): Effect =>
  set(expectedPage(path.k, to.mm, to.slot, entry), expectedPage(path.k, path.mm, path.slot, entry));

export const unseenAtOldAddress = ({ path, entries }: Move): Effect[] =>
  entries.map((e) => set(expectedPage(path.k, path.mm, path.slot, e), NONE));
