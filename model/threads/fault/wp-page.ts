import { writeInPlace } from '../../kernel/data.ts';
import { storeEntry, writtenBy } from '../../kernel/entry.ts';
import { getPage, markExclusive } from '../../kernel/page.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock, softwareStore } from '../../kernel/pte-lock.ts';
import { equal } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, wire } from '../../language/machine.ts';
import type { FaultLocals } from './locals.ts';
import { plain } from './site.ts';
import { wpPageCopy } from './wp-page-copy.ts';

const site = plain('do_wp_page');

/** A write, or FAULT_FLAG_UNSHARE: a pin for reading wants a page that no other mm has, but not to write it. */
export type WpAccess = 'write' | 'unshare';

/**
 * do_wp_page(), entered with the pte lock held, for a page that vm_normal_page() knows, and for the zero page, which it does
 * not. A page is reused in place if its one reference is that of the mapping (the last of several tests of the same counter
 * decides, so one read stands for them); else it is copied. An access without write leaves an exclusive page and the zero
 * page as they are.
 */
export const doWpPage = (path: Path, l: FaultLocals, access: WpAccess) => {
  const copy = wpPageCopy(path, l, access);
  return {
    normal: wire(reuseOrUnlock(path, l, access), { copy, done: 'done' }),
    zero: wire(unlockZero(path, l, access), { copy, done: 'done' }),
  };
};

const reuseOrUnlock = (path: Path, l: FaultLocals, access: WpAccess): Fragment<'copy' | 'done'> => {
  const { k, mm, slot, entry, me } = path;
  return fragment({
    site,
    entry: 'wp_read_page_ref',
    exits: ['copy', 'done'],
    places: {
      wp_read_page_ref: {
        line: 3485,
        says: 'read page refcount: 1?',
        on: [
          ...(access === 'write'
            ? [goIf(equal(k.pageCount.at(l.origPage), 1), 'wp_reuse' as const)]
            : [
                goIf(
                  equal(k.pageCount.at(l.origPage), 1),
                  'wp_unlock_exclusive' as const,
                  markExclusive(k, l.origPage),
                ),
              ]),
          go('wp_get_page'),
        ],
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
            writeInPlace(k, mm, l.origPage),
            markExclusive(k, l.origPage),
          ),
        ],
      },
      wp_unlock_reused: { line: 3501, says: 'spin_unlock(ptl)', on: [go('done', dropPteLock(k, mm, l.ptl))] },
      wp_unlock_exclusive: {
        line: 3498,
        says: 'spin_unlock(ptl)',
        on: [go('done', dropPteLock(k, mm, l.ptl))],
      },
      wp_get_page: { line: 3516, says: 'page refcount +1', on: [go('wp_unlock', getPage(k, l.origPage))] },
      wp_unlock: { line: 3518, says: 'spin_unlock(ptl)', on: [go('copy', dropPteLock(k, mm, l.ptl))] },
    },
  });
};

const unlockZero = ({ k, mm }: Path, l: FaultLocals, access: WpAccess): Fragment<'copy' | 'done'> =>
  fragment({
    site,
    entry: 'wp_unlock_zero',
    exits: ['copy', 'done'],
    places: {
      wp_unlock_zero: {
        line: access === 'write' ? 3447 : 3432,
        says: 'spin_unlock(ptl)',
        on: [go(access === 'write' ? 'copy' : 'done', dropPteLock(k, mm, l.ptl))],
      },
    },
  });
