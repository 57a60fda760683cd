import { useEmptyAddress } from '../../kernel/empty-slot.ts';
import { entryIsNone, ownWrite, storeEntry } from '../../kernel/entry.ts';
import { getPage } from '../../kernel/page.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock, softwareStore } from '../../kernel/pte-lock.ts';
import { notFreed } from '../../kernel/table.ts';
import { equal, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, type Site, STOPPED, sequence } from '../../language/machine.ts';
import type { Locals } from '../../language/variable.ts';
import { pteOffsetMapLock } from '../fault/map-and-lock.ts';
import { pteAlloc } from '../fault/pte-alloc.ts';

type InsertLocals = Locals<'pte' | 'ptl' | 'newTable'>;

/** Where one of the functions that put a page into an entry does what. */
export interface InsertSites {
  /** The call of pte_alloc_map_lock(). */
  readonly map: Site & { readonly line: number };
  readonly none: Site & { readonly line: number };
  /** get_page(), where the page is a counted one. */
  readonly get: (Site & { readonly line: number }) | null;
  readonly store: Site & { readonly line: number };
  readonly unlock: Site & { readonly line: number };
  /** An entry that is not none is left alone, or it is a BUG_ON(): the thread dies with all that it holds. */
  readonly taken: 'left' | 'bug';
}

/**
 * pte_alloc_map_lock(), then the page into an entry that is none. The vma is private, so its vm_page_prot has no W (protection_map
 * in arch/x86/mm/pgprot.c), and neither has the entry.
 */
export const mapNewEntry = (path: Path, l: InsertLocals, at: InsertSites): Fragment<'next' | 'failed'> => {
  const { k, mm, slot, entry, page, me } = path;
  const read = notFreed(k, l.pte, 'entry read');
  const on = ({ line, ...site }: Site & { readonly line: number }) => ({ site, line });
  const insert = fragment({
    site: at.none,
    entry: 'insert_check_none',
    exits: ['next'],
    places: {
      insert_check_none: {
        ...on(at.none),
        says: 'read entry: none?',
        on: [
          goIf(equal(l.pte, NONE), STOPPED, useEmptyAddress()),
          goIf(entryIsNone(k, l.pte, entry), at.get ? 'insert_get_page' : 'insert_store_entry', read),
          go(at.taken === 'bug' ? STOPPED : 'insert_unlock', read),
        ],
      },
      insert_get_page: {
        ...on(at.get ?? at.store),
        says: 'page refcount +1',
        on: [go('insert_store_entry', getPage(k, page))],
      },
      insert_store_entry: {
        ...on(at.store),
        says: 'store entry: the page, read-only',
        kinds: ['software store'],
        on: [
          go(
            'insert_unlock',
            softwareStore(k, mm, slot, l.pte, me),
            storeEntry(k, l.pte, entry, page, 0),
            ownWrite(k, mm, slot, l.pte, entry, page),
          ),
        ],
      },
      insert_unlock: {
        ...on(at.unlock),
        says: 'spin_unlock(ptl)',
        on: [go('next', dropPteLock(k, mm, l.ptl))],
      },
    },
  });
  const map = at.map;
  return sequence<'failed'>(
    pteAlloc(path, l.newTable, { name: map.function, line: map.line }),
    pteOffsetMapLock(path, l, map, map.line),
    insert,
  ) as Fragment<'next' | 'failed'>;
};
