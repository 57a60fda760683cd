import { FAIL, mayFail, spendFailure } from '../../kernel/allocator.ts';
import { useEmptyAddress } from '../../kernel/empty-slot.ts';
import { storeEntry } from '../../kernel/entry.ts';
import { ENTRY_KIND } from '../../kernel/kernel.ts';
import { getPage, lockPage, pageIsUnlocked, putPage, unlockPage } from '../../kernel/page.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock, maySleep, softwareStore } from '../../kernel/pte-lock.ts';
import { freeSwap } from '../../kernel/swap.ts';
import { notFreed } from '../../kernel/table.ts';
import { vmaIsGone } from '../../kernel/vma.ts';
import { set } from '../../language/effect.ts';
import { both, equal, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, STEP, sequence, wire } from '../../language/machine.ts';
import type { Locals } from '../../language/variable.ts';
import { pteOffsetMapLock } from '../fault/map-and-lock.ts';
import { plain } from '../fault/site.ts';

export type UnuseLocals = Locals<'pte' | 'ptl' | 'swapPage'>;

const file = 'mm/swapfile.c';
const rangeSite = plain('unuse_pte_range', file);
const site = plain('unuse_pte', file);

/** One entry of the loop in unuse_pte_range(); `failed` is -ENOMEM. */
export const unuseEntry = (path: Path, l: UnuseLocals): Fragment<'next' | 'failed'> => {
  const again = mapAgain(path, l);
  const replaced = sequence<never>(
    pteOffsetMapLock(path, l, site, 1793),
    replace(path, l),
    finish(path, l),
    again,
  );
  return wire(find(path, l), { next: 'next', failed: 'failed', page: replaced, again });
};

const isSwap = ({ k, entry }: Path, l: UnuseLocals) => equal(k.entryKind.at(l.pte, entry), ENTRY_KIND.swap);

/**
 * Unlocked: is_swap_pte() and pte_to_swp_entry() read the entry once each; what is no swap entry at the second read does not name
 * this swap area. Then the page, from the swap cache or read in, and its lock, which is waited for. A page that cannot be had
 * is an error, unless nobody uses its swap entry any more.
 */
const find = (path: Path, l: UnuseLocals): Fragment<'next' | 'page' | 'again' | 'failed'> => {
  const { k, mm, slot, entry, me } = path;
  const read = notFreed(k, l.pte, 'entry read');
  const noVma = k.shape.unmaps ? [goIf(vmaIsGone(k, mm, slot, entry), 'next' as const)] : [];
  return fragment({
    site: rangeSite,
    entry: 'test_entry',
    exits: ['next', 'page', 'again', 'failed'],
    places: {
      test_entry: {
        line: 1866,
        says: 'read entry: swapped out?',
        on: [
          ...noVma,
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          goIf(isSwap(path, l), 'read_entry', read),
          go('next', read),
        ],
      },
      read_entry: {
        line: 1869,
        says: 'read entry: which page?',
        on: [
          goIf(isSwap(path, l), 'get_page', read, set(l.swapPage, k.entryPage.at(l.pte, entry))),
          go('next', read),
        ],
      },
      get_page: {
        line: 1886,
        says: 'read the page in (may sleep), page refcount +1',
        on: {
          [STEP]: [go('lock_page', maySleep(k, me), getPage(k, l.swapPage))],
          [FAIL]: [goIf(mayFail(k), 'read_swap_count', spendFailure(k))],
        },
      },
      read_swap_count: {
        line: 1892,
        says: 'read swap count: 0?',
        on: [goIf(equal(k.swapCount.at(l.swapPage), 0), 'again'), go('failed')],
      },
      lock_page: {
        line: 1897,
        says: 'lock the page',
        on: [goIf(pageIsUnlocked(k, l.swapPage), 'page', maySleep(k, me), lockPage(k, l.swapPage, me))],
      },
    },
  });
};

/** unuse_pte(), under both locks: if it is still the swap entry that was read, the page takes its place. */
const replace = (path: Path, l: UnuseLocals): Fragment<'next'> => {
  const { k, mm, slot, entry, me } = path;
  const read = notFreed(k, l.pte, 'entry read');
  return fragment({
    site,
    entry: 'same',
    exits: ['next'],
    places: {
      same: {
        line: 1794,
        says: 'read entry: still that swap entry?',
        on: [
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          goIf(
            both(
              equal(k.entryKind.at(l.pte, entry), ENTRY_KIND.swap),
              equal(k.entryPage.at(l.pte, entry), l.swapPage),
            ),
            'get_mapping',
            read,
          ),
          go('unlock', read),
        ],
      },
      get_mapping: {
        line: 1816,
        says: 'page refcount +1 (its mapping)',
        on: [go('store_entry', getPage(k, l.swapPage))],
      },
      store_entry: {
        line: 1839,
        says: 'store entry: the page, read-only',
        kinds: ['software store', 'page swapped in'],
        on: [
          go('free_swap', softwareStore(k, mm, slot, l.pte, me), storeEntry(k, l.pte, entry, l.swapPage, 0)),
        ],
      },
      free_swap: {
        line: 1840,
        says: 'swap_free(): swap count -1',
        on: [go('unlock', freeSwap(k, l.swapPage))],
      },
      unlock: { line: 1842, says: 'spin_unlock(ptl)', on: [go('next', dropPteLock(k, mm, l.ptl))] },
    },
  });
};

/** folio_free_swap() in between concerns the swap cache alone. */
const finish = ({ k }: Path, l: UnuseLocals): Fragment<'next'> =>
  fragment({
    site: rangeSite,
    entry: 'unlock_page',
    exits: ['next'],
    places: {
      unlock_page: {
        line: 1907,
        says: 'unlock the page',
        on: [go('put_page', unlockPage(k, l.swapPage))],
      },
      put_page: { line: 1908, says: 'page refcount -1', on: [go('next', putPage(k, l.swapPage))] },
    },
  });

/** The address for the next entry comes from a new read of the slot. */
const mapAgain = ({ k, mm, slot }: Path, l: UnuseLocals): Fragment<'next'> =>
  fragment({
    site: rangeSite,
    entry: 'map_again',
    exits: ['next'],
    places: {
      map_again: {
        line: 1910,
        says: 'read slot -> pte',
        on: [go('next', set(l.pte, k.slotTable.at(mm, slot)))],
      },
    },
  });
