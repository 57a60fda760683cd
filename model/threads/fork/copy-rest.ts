import { FAIL, mayFail, spendFailure } from '../../kernel/allocator.ts';
import { useEmptyAddress } from '../../kernel/empty-slot.ts';
import { ownWrite, storeEntry } from '../../kernel/entry.ts';
import { each } from '../../kernel/kernel.ts';
import { markExclusive } from '../../kernel/page.ts';
import { dropPteLock, maySleep, softwareStore } from '../../kernel/pte-lock.ts';
import { set } from '../../language/effect.ts';
import { equal, NONE, type Operand, plus } from '../../language/expression.ts';
import {
  divert,
  type Fragment,
  fragment,
  go,
  goIf,
  named,
  STEP,
  sequence,
  wire,
} from '../../language/machine.ts';
import { pteOffsetMapLock } from '../fault/map-and-lock.ts';
import { pteAlloc } from '../fault/pte-alloc.ts';
import { plain } from '../fault/site.ts';
import { noneOrBad } from '../zap/free-pgtables.ts';
import { copyEntry, type EntryTarget } from './copy-entry.ts';
import { type FallBackLocals, type ForkLocals, type ForkPath, ofChild } from './locals.ts';
import { mapAndLock } from './map-and-lock.ts';

const site = plain('copy_pte_range');

/** After the fallback the ordinary copy goes on at the pinned entry; a slot with W=0 is bad for it, and is cleared. */
export const copyRest = (
  path: ForkPath,
  l: ForkLocals,
  f: FallBackLocals,
  vmasAreSplit: boolean,
): Fragment<'next' | 'failed'> =>
  named(
    'rest',
    wire(noneOrBad(path), { next: 'next', free: named('table', copyPteRange(path, l, f, vmasAreSplit)) }),
  );

/**
 * copy_pte_range() for the entries of this vma, under the locks of both tables; it starts over with a page for the child where
 * it needs one.
 */
const copyPteRange = (
  path: ForkPath,
  l: ForkLocals,
  f: FallBackLocals,
  vmasAreSplit: boolean,
): Fragment<'next' | 'failed'> => {
  const { k, mm, slot } = path;
  const toChild = ofChild(path);
  const lockBoth = sequence(
    pteOffsetMapLock(toChild, { pte: f.dstPte, ptl: f.dstPtl }, site, 1042),
    mapAndLock(path, l, 'src', site, { map: 1047, lockptr: 1048, lock: 1049 }),
  );
  const others = each(k.entry, (e) => copyEntry(path, l, e, childTable(path, f))).slice(1);
  const last = unlockBoth(path, l, f, '');
  const rest = sequence<'pinned'>(...others, last);
  const first = copyFirst(path, l, f);
  // Of a vma that was cut the first piece has entry 0 alone.
  const entries = vmasAreSplit
    ? wire(divert(first, 'next', k.vmaSplit.at(mm, slot), 'cut'), { next: rest, again: 'again', cut: last })
    : wire(first, { next: rest, again: 'again' });
  const again = wire(unlockBoth(path, l, f, 'again_'), { next: preallocate(path, f) });
  const locked = wire(sequence<'again' | 'pinned'>(lockBoth, entries), {
    next: 'next',
    again,
    pinned: 'next',
  });
  const table = pteAlloc(toChild, f.newTable, { name: 'copy_pte_range', line: 1042 });
  // A place of the whole: the loop is the kernel's, and goes round once more with a page for the child.
  return wire(table, { next: locked, failed: 'failed' }) as Fragment<'next' | 'failed'>;
};

/** Entry 0, which may be pinned: then the child gets a copy of the page, if there is one for it already. */
const copyFirst = (path: ForkPath, l: ForkLocals, f: FallBackLocals): Fragment<'next' | 'again'> => {
  const shared = divert(copyEntry(path, l, 0, childTable(path, f)), 'next', f.prealloc, 'unneeded');
  return wire(divert(shared, 'pinned', f.prealloc, 'copy'), {
    next: 'next',
    pinned: 'again',
    unneeded: putPrealloc(path, f),
    copy: copyPage(path, f, 0),
  });
};

/** The child's own table takes the values. */
const childTable = ({ k, slot, me, child }: ForkPath, f: FallBackLocals): EntryTarget => ({
  table: f.dstPte,
  mayBeEmpty: true,
  judge: softwareStore(k, child, slot, f.dstPte, me),
  says: "store it in the child's table",
  lines: { none: 1065, present: 1069 },
  site,
});

const unlockBoth = (
  { k, mm, child }: ForkPath,
  l: ForkLocals,
  f: FallBackLocals,
  prefix: string,
): Fragment<'next'> =>
  fragment({
    site,
    entry: `${prefix}unlock_src`,
    exits: ['next'],
    places: {
      [`${prefix}unlock_src`]: {
        line: 1113,
        says: 'spin_unlock(src_ptl)',
        on: [go(`${prefix}unlock_dst`, dropPteLock(k, mm, l.ptl))],
      },
      [`${prefix}unlock_dst`]: {
        line: 1116,
        says: 'spin_unlock(dst_ptl)',
        on: [go('next', dropPteLock(k, child, f.dstPtl))],
      },
    },
  });

/** The page that the thread may give to the child in this slot. */
const pageForChild = ({ page, slot }: ForkPath): Operand => plus(page, slot);

/** page_copy_prealloc() without a lock, then all over again. */
const preallocate = (path: ForkPath, f: FallBackLocals): Fragment<'alloc_check_none' | 'failed'> => {
  const { k, me } = path;
  return fragment({
    site: plain('page_copy_prealloc'),
    entry: 'prealloc',
    exits: ['alloc_check_none', 'failed'],
    places: {
      prealloc: {
        line: 1010,
        says: 'allocate a page for the child',
        on: {
          [STEP]: [
            go(
              'alloc_check_none',
              maySleep(k, me),
              set(k.pageCount.at(pageForChild(path)), 1),
              set(f.prealloc, 1),
            ),
          ],
          [FAIL]: [goIf(mayFail(k), 'failed', spendFailure(k))],
        },
      },
    },
  });
};

/** copy_present_page(): the child gets a copy of its own, writable, and the parent keeps the page that is pinned. */
const copyPage = (path: ForkPath, f: FallBackLocals, entry: number): Fragment<'next'> => {
  const { k, slot, me, child } = path;
  const page = pageForChild(path);
  return fragment({
    site: plain('copy_present_page'),
    entry: 'copy_page',
    exits: ['next'],
    places: {
      copy_page: {
        line: 935,
        says: "store the entry of the child's table: a copy of the page, writable",
        kinds: ['software store', 'fork copies a pinned page'],
        on: [
          goIf(equal(f.dstPte, NONE), 'stopped', useEmptyAddress()),
          go(
            'next',
            softwareStore(k, child, slot, f.dstPte, me),
            storeEntry(k, f.dstPte, entry, page, 1),
            ownWrite(k, child, slot, f.dstPte, entry, page),
            markExclusive(k, page),
            set(f.prealloc, 0),
          ),
        ],
      },
    },
  });
};

/** The page is not pinned any more: the copy is not needed. */
const putPrealloc = (path: ForkPath, f: FallBackLocals): Fragment<'next'> =>
  fragment({
    site,
    entry: 'put_prealloc',
    exits: ['next'],
    places: {
      put_prealloc: {
        line: 1106,
        says: 'free the page that is not needed',
        on: [go('next', set(path.k.pageCount.at(pageForChild(path)), 0), set(f.prealloc, 0))],
      },
    },
  });
