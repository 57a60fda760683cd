import { FAIL, mayFail, spendFailure } from '../../kernel/allocator.ts';
import { useEmptyAddress } from '../../kernel/empty-slot.ts';
import { entryIs, ownWrite, storeEntry, writtenBy } from '../../kernel/entry.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock, maySleep, softwareStore } from '../../kernel/pte-lock.ts';
import { notFreed } from '../../kernel/table.ts';
import { flushCanEnd, flushMm } from '../../kernel/tlb.ts';
import { set } from '../../language/effect.ts';
import { type Expression, equal, minus, NONE, plus } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, STEP, sequence } from '../../language/machine.ts';
import type { FaultLocals } from './locals.ts';
import { pteOffsetMapLock } from './map-and-lock.ts';
import { plain } from './site.ts';

const wpPage = plain('do_wp_page');
const wpCopy = plain('wp_page_copy');

/**
 * do_wp_page(), entered with the pte lock held. The page is reused in place if its one reference is that of the mapping
 * (the last of several tests of the same counter decides, so one read stands for them); else it is copied without the
 * lock and the entry replaced if it is still the same.
 */
export const doWpPage = (path: Path, l: FaultLocals): Fragment<'done' | 'failed'> =>
  sequence<'done' | 'failed'>(
    reuseOrUnlock(path, l),
    pteOffsetMapLock(path, l, wpCopy, 3190),
    replace(path, l),
  ) as Fragment<'done' | 'failed'>;

const step = (count: ReturnType<Path['k']['pageCount']['at']>, by: 1 | -1) =>
  set(count, by === 1 ? plus(count, 1) : minus(count, 1));

const reuseOrUnlock = (path: Path, l: FaultLocals): Fragment<'next' | 'done' | 'failed'> => {
  const { k, mm, slot, entry, page, me } = path;
  const old = k.pageCount.at(l.origPage);
  return fragment({
    site: wpPage,
    entry: 'wp_read_page_ref',
    exits: ['next', 'done', 'failed'],
    places: {
      wp_read_page_ref: {
        line: 3485,
        says: 'read page refcount: 1?',
        on: [goIf(equal(old, 1), 'wp_reuse'), go('wp_get_page')],
      },
      wp_reuse: {
        line: 3501,
        says: 'store entry: writable',
        kinds: ['software store'],
        on: [
          go(
            'wp_unlock_reused',
            softwareStore(k, mm, slot, l.pte, me),
            storeEntry(k, l.pte, entry, l.origPage, 1),
            writtenBy(k, mm, l.pte, entry),
          ),
        ],
      },
      wp_unlock_reused: { line: 3501, says: 'spin_unlock(ptl)', on: [go('done', dropPteLock(k, mm, l.ptl))] },
      wp_get_page: { line: 3516, says: 'page refcount +1', on: [go('wp_unlock', step(old, 1))] },
      wp_unlock: {
        line: 3518,
        says: 'spin_unlock(ptl)',
        on: [go('wp_alloc_page', dropPteLock(k, mm, l.ptl))],
      },
      wp_alloc_page: {
        site: wpCopy,
        line: 3152,
        says: 'allocate a page and copy into it',
        on: {
          [STEP]: [go('next', maySleep(k, me), set(k.pageCount.at(page), 1))],
          [FAIL]: [goIf(mayFail(k), 'wp_oom_put_page', spendFailure(k))],
        },
      },
      wp_oom_put_page: {
        site: wpCopy,
        line: 3285,
        says: 'page refcount -1',
        on: [go('failed', step(old, -1))],
      },
    },
  });
};

const replace = (path: Path, l: FaultLocals): Fragment<'done'> => {
  const { k, mm, slot, entry, page, me } = path;
  const old = k.pageCount.at(l.origPage);
  const same: Expression = entryIs(k, l.pte, entry, { page: l.origPage, writable: l.origWritable });
  return fragment({
    site: wpCopy,
    entry: 'wp_same',
    exits: ['done'],
    places: {
      wp_same: {
        line: 3191,
        says: 'read entry: still orig_pte?',
        on: [
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          goIf(same, 'wp_clear_entry', notFreed(k, l.pte, 'entry read')),
          go('wp_free_copy', notFreed(k, l.pte, 'entry read')),
        ],
      },
      wp_clear_entry: {
        line: 3220,
        says: 'clear entry',
        kinds: ['software store'],
        on: [go('wp_flush', softwareStore(k, mm, slot, l.pte, me), storeEntry(k, l.pte, entry, NONE, 0))],
      },
      wp_flush: {
        line: 3220,
        says: 'flush the page from the TLBs',
        kinds: ['flush'],
        on: [goIf(flushCanEnd(k, mm), 'wp_store_entry', flushMm(k, mm))],
      },
      wp_store_entry: {
        line: 3229,
        says: 'store entry: the copy, writable',
        kinds: ['software store'],
        on: [
          go(
            'wp_drop_mapping',
            softwareStore(k, mm, slot, l.pte, me),
            storeEntry(k, l.pte, entry, page, 1),
            ownWrite(k, mm, slot, l.pte, entry, page),
          ),
        ],
      },
      wp_drop_mapping: {
        line: 3265,
        says: 'page refcount -1 (its mapping)',
        on: [go('wp_unlock_copied', step(old, -1))],
      },
      wp_free_copy: {
        line: 3265,
        says: 'free the copy',
        on: [go('wp_unlock_copied', set(k.pageCount.at(page), 0))],
      },
      wp_unlock_copied: {
        line: 3267,
        says: 'spin_unlock(ptl)',
        on: [go('wp_put_page', dropPteLock(k, mm, l.ptl))],
      },
      wp_put_page: { line: 3276, says: 'page refcount -1', on: [go('done', step(old, -1))] },
    },
  });
};
