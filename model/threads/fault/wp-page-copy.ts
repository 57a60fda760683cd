import { FAIL, mayFail, spendFailure } from '../../kernel/allocator.ts';
import { copyUnchanged } from '../../kernel/data.ts';
import { useEmptyAddress } from '../../kernel/empty-slot.ts';
import { entryIs, ownWrite, storeEntry } from '../../kernel/entry.ts';
import { isCounted, markExclusive, putPage } from '../../kernel/page.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock, maySleep, softwareStore } from '../../kernel/pte-lock.ts';
import { notFreed } from '../../kernel/table.ts';
import { flushCanEnd, flushMm } from '../../kernel/tlb.ts';
import { type Effect, set } from '../../language/effect.ts';
import { both, equal, NONE, not } from '../../language/expression.ts';
import { type Branch, type Fragment, fragment, go, goIf, STEP, sequence } from '../../language/machine.ts';
import type { FaultLocals } from './locals.ts';
import { pteOffsetMapLock } from './map-and-lock.ts';
import { plain } from './site.ts';
import type { WpAccess } from './wp-page.ts';

const site = plain('wp_page_copy');

/**
 * wp_page_copy(), entered without the pte lock: a new page, the lock again, and if the entry is still the same it is cleared,
 * flushed and stored with the copy, writable for a write only. The zero page, which only a write copies, has no references to
 * drop.
 */
export const wpPageCopy = (path: Path, l: FaultLocals, access: WpAccess): Fragment<'done' | 'failed'> =>
  sequence<'done' | 'failed'>(
    allocateCopy(path, l, access),
    pteOffsetMapLock(path, l, site, 3190),
    replace(path, l, access),
  ) as Fragment<'done' | 'failed'>;

/** A step whose successor would put a reference of the old page goes elsewhere if that is the zero page. */
const ifZeroPage = <T extends string>(
  { k }: Path,
  l: FaultLocals,
  access: WpAccess,
  target: T,
  ...effects: readonly (Effect | readonly Effect[])[]
): Branch<T>[] =>
  access === 'unshare' || k.shape.uncountedPages.length === 0
    ? []
    : [goIf(not(isCounted(k, l.origPage)), target, ...effects)];

const allocateCopy = (path: Path, l: FaultLocals, access: WpAccess): Fragment<'next' | 'failed'> => {
  const { k, page, me } = path;
  return fragment({
    site,
    entry: 'wp_alloc_page',
    exits: ['next', 'failed'],
    places: {
      wp_alloc_page: {
        line: 3152,
        says: 'allocate a page and copy into it',
        on: {
          [STEP]: [go('next', maySleep(k, me), set(k.pageCount.at(page), 1))],
          [FAIL]: [
            ...ifZeroPage(path, l, access, 'failed', spendFailure(k)).map((b) => ({
              ...b,
              guard: b.guard && both(b.guard, mayFail(k)),
            })),
            goIf(mayFail(k), 'wp_oom_put_page', spendFailure(k)),
          ],
        },
      },
      wp_oom_put_page: {
        line: 3285,
        says: 'page refcount -1',
        on: [go('failed', putPage(k, l.origPage))],
      },
    },
  });
};

const replace = (path: Path, l: FaultLocals, access: WpAccess): Fragment<'done'> => {
  const { k, mm, slot, entry, page, me } = path;
  const orig = { page: l.origPage, writable: l.origWritable, kind: l.origKind };
  const stored = [
    softwareStore(k, mm, slot, l.pte, me),
    storeEntry(k, l.pte, entry, page, access === 'write' ? 1 : 0),
    ownWrite(k, mm, slot, l.pte, entry, page),
    access === 'write' ? [] : copyUnchanged(k, l.origPage, page),
    markExclusive(k, page),
  ].flat();
  const unlock = dropPteLock(k, mm, l.ptl);
  return fragment({
    site,
    entry: 'wp_same',
    exits: ['done'],
    places: {
      wp_same: {
        line: 3191,
        says: 'read entry: still orig_pte?',
        on: [
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          goIf(entryIs(k, l.pte, entry, orig), 'wp_clear_entry', notFreed(k, l.pte, 'entry read')),
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
        says: access === 'write' ? 'store entry: the copy, writable' : 'store entry: the copy, read-only',
        kinds: ['software store'],
        on: [...ifZeroPage(path, l, access, 'wp_unlock_copied', stored), go('wp_drop_mapping', stored)],
      },
      wp_drop_mapping: {
        line: 3265,
        says: 'page refcount -1 (its mapping)',
        on: [go('wp_unlock_copied', putPage(k, l.origPage))],
      },
      wp_free_copy: {
        line: 3265,
        says: 'free the copy',
        on: [go('wp_unlock_copied', set(k.pageCount.at(page), 0))],
      },
      wp_unlock_copied: {
        line: 3267,
        says: 'spin_unlock(ptl)',
        on: [...ifZeroPage(path, l, access, 'done', unlock), go('wp_put_page', unlock)],
      },
      wp_put_page: { line: 3276, says: 'page refcount -1', on: [go('done', putPage(k, l.origPage))] },
    },
  });
};
