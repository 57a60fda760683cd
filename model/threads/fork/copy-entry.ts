import { shareData } from '../../kernel/data.ts';
import { useEmptyAddress } from '../../kernel/empty-slot.ts';
import {
  entryIsNone,
  entryIsPresent,
  expectedPage,
  readEntry,
  storeEntry,
  writtenBy,
} from '../../kernel/entry.ts';
import { getPage, isCounted, putPage } from '../../kernel/page.ts';
import { rightLockForEntry } from '../../kernel/pte-lock.ts';
import { notFreed } from '../../kernel/table.ts';
import { type Effect, set } from '../../language/effect.ts';
import {
  both,
  differ,
  equal,
  greater,
  type LocalRead,
  NONE,
  type Operand,
  plus,
} from '../../language/expression.ts';
import { type Branch, type Fragment, fragment, go, goIf, named, wire } from '../../language/machine.ts';
import { plain } from '../fault/site.ts';
import type { ForkLocals, ForkPath } from './locals.ts';
import { cowRangeSite } from './site.ts';

/** What properties ask for: fork stored to an entry. */
const STORES = 'fork stores an entry';

const presentSite = plain('copy_present_pte');
const nonpresentSite = plain('copy_nonpresent_pte');

/** Where the value of a copied entry goes. */
export interface EntryTarget {
  readonly table: LocalRead;
  /** Its address comes from a read of the slot that nobody has tested. */
  readonly mayBeEmpty: boolean;
  /** The promises about a store there. */
  readonly judge: readonly Effect[];
  readonly says: string;
  readonly lines: { readonly none: number; readonly present: number };
  readonly site: typeof cowRangeSite;
}

/** F2: the value is stored again where it was read, in the table that parent and child will share. */
export const sameTable = (path: ForkPath, l: Pick<ForkLocals, 'pte'>): EntryTarget => ({
  table: l.pte,
  mayBeEmpty: false,
  judge: forkStore(path, l.pte),
  says: 'store it again',
  lines: { none: 1192, present: 1194 },
  site: cowRangeSite,
});

/** The promises about a store by fork to an entry of the table that the parent has, or shares: the lock is the right one. */
export const forkStore = ({ k, mm, me }: ForkPath, table: Operand): readonly Effect[] => [
  rightLockForEntry(k, mm, table, me),
  notFreed(k, table, 'entry store'),
];

/**
 * One entry, under the lock. With it what the child must see is settled, and that this was written by nobody but their common
 * past. Leaves by `pinned` where the page belongs to the parent alone and may be pinned.
 */
export const copyEntry = (
  path: ForkPath,
  l: ForkLocals,
  entry: number,
  to: EntryTarget,
): Fragment<'next' | 'pinned'> => {
  const { k } = path;
  const read = notFreed(k, l.pte, 'entry read');
  const settled = inheritEntry(path, l.pte, entry);
  const tests = fragment({
    site: to.site,
    entry: 'test_none',
    exits: ['next', 'present', 'swap'],
    places: {
      test_none: {
        line: to.lines.none,
        says: `read entry ${entry}: none?`,
        on: [
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          goIf(entryIsNone(k, l.pte, entry), 'next', read, settled.always),
          go('test_present', read, settled.always, settled.ofPage),
        ],
      },
      test_present: {
        line: to.lines.present,
        says: `read entry ${entry}: present?`,
        on: [goIf(entryIsPresent(k, l.pte, entry), 'present', read), go('swap', read)],
      },
    },
  });
  const present = copyPresentEntry(path, l, entry, to);
  const swap = copySwapEntry(path, l, entry, to);
  return named(`entry_${entry}`, wire(tests, { next: 'next', present, swap }));
};

/** What the first look at an entry settles: what the child must see behind it, and, of a page, that nobody wrote it since. */
export const inheritEntry = (
  { k, mm, slot, child }: ForkPath,
  table: Operand,
  entry: number,
): { readonly always: readonly Effect[]; readonly ofPage: readonly Effect[] } => ({
  always: [set(expectedPage(k, child, slot, entry), expectedPage(k, mm, slot, entry))],
  ofPage: shareData(k, k.entryPage.at(table, entry)),
});

/** The locals that the copy of one entry works with. */
type EntryLocals = Pick<ForkLocals, 'pte' | 'page' | 'writable' | 'kind'>;

const storeTo = (
  { k }: ForkPath,
  l: EntryLocals,
  entry: number,
  to: EntryTarget,
  writable: LocalRead | 0,
): Branch<'next' | 'stopped'>[] => [
  ...(to.mayBeEmpty ? [goIf(equal(to.table, NONE), 'stopped' as const, useEmptyAddress())] : []),
  go(
    'next',
    to.judge,
    storeEntry(k, to.table, entry, l.page, writable, l.kind),
    writtenBy(k, NONE, to.table, entry),
  ),
];

/** copy_nonpresent_pte() of a swap entry. The count of an entry needs no continuation: it never grows so far here. */
export const copySwapEntry = (
  path: ForkPath,
  l: EntryLocals,
  entry: number,
  to: EntryTarget,
): Fragment<'next'> => {
  const { k } = path;
  const read = notFreed(k, l.pte, 'entry read');
  const value = { page: l.page, writable: l.writable, kind: l.kind };
  return fragment({
    site: nonpresentSite,
    entry: 'load_swap',
    exits: ['next'],
    places: {
      load_swap: {
        line: 800,
        says: `read entry ${entry}`,
        on: [
          goIf(
            differ(k.entryPage.at(l.pte, entry), NONE),
            'dup_swap',
            read,
            readEntry(k, l.pte, entry, value),
          ),
          go('store_swap', read, readEntry(k, l.pte, entry, value)),
        ],
      },
      dup_swap: {
        line: 805,
        says: 'swap count +1',
        on: [go('store_swap', set(k.swapCount.at(l.page), plus(k.swapCount.at(l.page), 1)))],
      },
      store_swap: { line: 894, says: to.says, kinds: [STORES], on: storeTo(path, l, entry, to, l.writable) },
    },
  });
};

/**
 * copy_present_pte(). A page gets the child's reference and mapping in one step, and is write-protected before its entry is
 * stored.
 */
export const copyPresentEntry = (
  path: ForkPath,
  l: EntryLocals,
  entry: number,
  to: EntryTarget,
): Fragment<'next' | 'pinned'> => {
  const { k } = path;
  const read = notFreed(k, l.pte, 'entry read');
  const value = { page: l.page, writable: l.writable, kind: l.kind };
  const page = k.entryPage.at(l.pte, entry);
  const isPage = both(differ(page, NONE), isCounted(k, page));
  return fragment({
    site: presentSite,
    entry: 'load_present',
    exits: ['next', 'pinned'],
    places: {
      load_present: {
        line: 954,
        says: `read entry ${entry}`,
        on: [
          goIf(isPage, 'get_page', read, readEntry(k, l.pte, entry, value)),
          goIf(k.entryWritable.at(l.pte, entry), 'protect_entry', read, readEntry(k, l.pte, entry, value)),
          go('store_present', read, readEntry(k, l.pte, entry, value)),
        ],
      },
      get_page: {
        line: 965,
        says: 'page refcount +1, mapcount +1',
        on: mayMeetPin(path, entry)
          ? [go('test_pinned', getPage(k, l.page))]
          : [goIf(l.writable, 'protect_entry', getPage(k, l.page)), go('store_present', getPage(k, l.page))],
      },
      // page_try_dup_anon_rmap(). The mark of an exclusive page is only set and cleared under the lock of the one table that
      // maps it; read and cleared with the test of the pins, it is read and cleared at the same moment for everybody.
      test_pinned: {
        site: plain('page_try_dup_anon_rmap', 'include/linux/rmap.h'),
        line: 254,
        says: 'may the page be pinned?',
        kinds: ['fork asks for pins'],
        on: [
          goIf(both(k.exclusive.at(l.page), greater(k.pins.at(l.page), 0)), 'put_pinned'),
          goIf(l.writable, 'protect_entry', set(k.exclusive.at(l.page), 0)),
          go('store_present', set(k.exclusive.at(l.page), 0)),
        ],
      },
      put_pinned: {
        line: 968,
        says: 'page refcount -1: it must be copied',
        on: [go('pinned', putPage(k, l.page))],
      },
      protect_entry: {
        line: 984,
        says: `clear W of entry ${entry}`,
        kinds: [STORES],
        on: [go('store_present', forkStore(path, l.pte), set(k.entryWritable.at(l.pte, entry), 0))],
      },
      store_present: { line: 1000, says: to.says, kinds: [STORES], on: storeTo(path, l, entry, to, 0) },
    },
  });
};

/** GUP-fast walks of a scenario pin the page of entry 0. */
const mayMeetPin = ({ k }: ForkPath, entry: number): boolean => k.shape.pinnedForks && entry === 0;
