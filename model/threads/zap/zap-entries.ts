import { useEmptyAddress } from '../../kernel/empty-slot.ts';
import { entryIsNone, storeEntry, writtenBy } from '../../kernel/entry.ts';
import { ENTRY_KIND } from '../../kernel/kernel.ts';
import { isCounted } from '../../kernel/page.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock, softwareStore } from '../../kernel/pte-lock.ts';
import { notFreed } from '../../kernel/table.ts';
import { set } from '../../language/effect.ts';
import { equal, ifElse, minus, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, sequence } from '../../language/machine.ts';
import { discard } from './discard.ts';
import type { ZapLocals } from './locals.ts';
import type { ZapRequest } from './request.ts';
import { zapSite } from './site.ts';

/** What Z1 works on: these entries, and whether the table may be a SHARED one. */
export interface EntriesOfZap {
  readonly entries: readonly number[];
  readonly mayBeShared: boolean;
}

/**
 * Z1, under the lock: every entry is taken out of this mm's account, and its page batched for the gather. A normal zap clears
 * the entry; a SHARED one leaves it for the other sharers. All callers zap private pages too (details NULL or even_cows), so
 * that none is excluded.
 */
export const zapEntries = (
  path: Path,
  l: ZapLocals,
  request: ZapRequest,
  { entries, mayBeShared }: EntriesOfZap,
): Fragment<'next' | 'shared'> => {
  const { k, mm } = path;
  const unlock = fragment({
    site: zapSite,
    entry: 'zap_unlock',
    exits: ['next', 'shared'],
    places: {
      zap_unlock: {
        line: 1864,
        says: 'spin_unlock(ptl)',
        on: [
          ...(mayBeShared ? [goIf(l.shared, 'shared' as const, dropPteLock(k, mm, l.ptl))] : []),
          go('next', dropPteLock(k, mm, l.ptl)),
        ],
      },
    },
  });
  return sequence<'shared'>(...zapEachEntry(path, l, request, { entries, mayBeShared }), unlock);
};

/** The entries one by one, without the unlock. */
export const zapEachEntry = (
  path: Path,
  l: ZapLocals,
  request: ZapRequest,
  { entries, mayBeShared }: EntriesOfZap,
): Fragment<'next'>[] => entries.map((e) => named(`entry_${e}`, zapEntry(path, l, request, e, mayBeShared)));

const zapEntry = (
  path: Path,
  l: ZapLocals,
  { slot, entries }: ZapRequest,
  entry: number,
  mayBeShared: boolean,
): Fragment<'next'> => {
  const { k, mm, me } = path;
  const page = k.entryPage.at(l.pte, entry);
  const batched = l.batched(slot, entry);
  const swaps = k.swapCount.at(l.zapPage);
  const read = [notFreed(k, l.pte, 'entry read'), set(l.zapPage, page)];
  // The page is that of the first read, whatever the second one finds.
  const batch = [set(batched, ifElse(isCounted(k, l.zapPage), l.zapPage, NONE)), set(l.flushDue, 1)];
  const clear = [
    softwareStore(k, mm, slot, l.pte, me, l.broken === null ? 0 : l.wentOn),
    storeEntry(k, l.pte, entry, NONE, 0),
    writtenBy(k, NONE, l.pte, entry),
    discard(path, slot, entries.includes(entry) ? [entry] : []),
  ].flat();
  const present = { function: 'zap_present_pte' };
  const absent = { function: 'zap_nopresent_pte' };
  return fragment({
    site: zapSite,
    entry: 'read_entry',
    exits: ['next'],
    places: {
      read_entry: {
        line: 1840,
        says: `read entry ${entry}`,
        on: [
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          goIf(entryIsNone(k, l.pte, entry), 'next', notFreed(k, l.pte, 'entry read')),
          ...(k.shape.specialEntries
            ? [goIf(equal(k.entryKind.at(l.pte, entry), ENTRY_KIND.swap), 'free_swap' as const, read)]
            : []),
          ...(mayBeShared ? [goIf(l.shared, 'reread_entry' as const, read)] : []),
          go('clear_entry', read),
        ],
      },
      reread_entry: {
        line: 1692,
        site: present,
        says: `read entry ${entry} again, leave it`,
        kinds: ['zap leaves an entry to the others'],
        on: [go('next', notFreed(k, l.pte, 'entry read'), batch)],
      },
      clear_entry: {
        line: 1694,
        site: present,
        says: `clear entry ${entry}`,
        kinds: ['software store'],
        on: [go('next', batch, clear)],
      },
      free_swap: {
        line: 1762,
        site: absent,
        says: `swap count -1 (entry ${entry})`,
        on: [
          ...(mayBeShared ? [goIf(l.shared, 'next' as const, set(swaps, minus(swaps, 1)))] : []),
          go('clear_swap', set(swaps, minus(swaps, 1))),
        ],
      },
      clear_swap: {
        line: 1782,
        site: absent,
        says: `clear the swap entry ${entry}`,
        kinds: ['software store'],
        on: [go('next', clear)],
      },
    },
  });
};
