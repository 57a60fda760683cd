import { findsOwnData } from '../kernel/data.ts';
import { useEmptyAddress } from '../kernel/empty-slot.ts';
import { entryMapsPage } from '../kernel/entry.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { dropMmapRead } from '../kernel/mmap-lock.ts';
import { getPage, putPage } from '../kernel/page.ts';
import { type Path, pathOf, pathParameters } from '../kernel/path.ts';
import { dropPteLock } from '../kernel/pte-lock.ts';
import { slotIsTable, slotIsWritable } from '../kernel/slot.ts';
import { notFreed } from '../kernel/table.ts';
import { set } from '../language/effect.ts';
import { both, equal, NONE } from '../language/expression.ts';
import { counted, type Fragment, fragment, go, goIf, machine, sequence, wire } from '../language/machine.ts';
import { type Locals, locals, type Type } from '../language/variable.ts';
import type { Edits } from '../variants/protocol.ts';
import { pteOffsetMapLock } from './fault/map-and-lock.ts';
import { plain } from './fault/site.ts';
import { underMmapRead } from './mmap-section.ts';
import { type KernelPath, ordinary, type PathOptions } from './path.ts';
import { startAfter } from './start.ts';

/** What properties ask for: get_user_pages() read an entry that maps a page. */
const READS = 'gup-slow reads an entry';

const gupLocals = (k: Kernel) =>
  ({ pte: k.tableOrNone, ptl: k.tableOrNone, page: k.pageOrNone }) satisfies Record<string, Type>;

type GupLocals = Locals<keyof ReturnType<typeof gupLocals>>;

/**
 * get_user_pages() with FOLL_GET, one page, for reading, under mmap_lock for read. Where it finds no page it would fault one
 * in and look again: one look is one thread, so the path ends there.
 */
const gupSlow = (k: Kernel, _edits: Edits, options: PathOptions) => {
  const path = pathOf(k, 0);
  const { local: l, declared } = locals(gupLocals(k));
  const end = unlockAndPut(path, l);
  const found = wire(readUnderLock(path, l), { next: end });
  const look = sequence<'none'>(findTable(path), pteOffsetMapLock(path, l, site, 573));
  const { lock } = underMmapRead(path, outer, { lock: 2370, unlock: 2374 });
  const body = wire(lock, { next: wire(look, { next: found, none: end }) });
  return machine('gup-slow', startAfter(path, options, body), {
    locals: declared,
    parameters: pathParameters,
  });
};

const site = plain('follow_page_pte', 'mm/gup.c');
const outer = plain('get_user_pages_unlocked', 'mm/gup.c');

/**
 * Down to a table. Patch 10 of the series asks pmd_write() before pmd_bad(), which is true for a slot with W=0 on x86: two
 * reads of the slot. They are not made again under the lock.
 */
const findTable = ({ k, mm, slot }: Path): Fragment<'next' | 'none'> =>
  fragment({
    site,
    entry: 'gup_check_none',
    exits: ['next', 'none'],
    places: {
      gup_check_none: {
        site: plain('follow_pmd_mask', 'mm/gup.c'),
        line: 697,
        says: 'read slot: a table?',
        on: [goIf(slotIsTable(k, mm, slot), 'gup_check_writable'), go('none')],
      },
      gup_check_writable: {
        line: 570,
        says: 'read slot: writable?',
        on: [goIf(slotIsWritable(k, mm, slot), 'gup_check_bad'), go('next')],
      },
      gup_check_bad: {
        line: 570,
        says: 'read slot: bad?',
        on: [goIf(both(slotIsTable(k, mm, slot), slotIsWritable(k, mm, slot)), 'next'), go('none')],
      },
    },
  });

const readUnderLock = ({ k, mm, slot, entry }: Path, l: GupLocals): Fragment<'next'> => {
  const page = k.entryPage.at(l.pte, entry);
  const read = notFreed(k, l.pte, 'entry read');
  return fragment({
    site,
    entry: 'gup_read_entry',
    exits: ['next'],
    places: {
      gup_read_entry: {
        line: 574,
        says: 'read entry: a page?',
        on: [
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          counted(
            goIf(
              entryMapsPage(k, l.pte, entry),
              'gup_grab_page',
              read,
              findsOwnData(k, mm, slot, entry, page),
              set(l.page, page),
            ),
            READS,
          ),
          go('gup_unlock', read),
        ],
      },
      gup_grab_page: {
        line: 644,
        says: 'page refcount +1',
        on: [go('gup_unlock', getPage(k, l.page))],
      },
      gup_unlock: { line: 673, says: 'spin_unlock(ptl)', on: [go('next', dropPteLock(k, mm, l.ptl))] },
    },
  });
};

const unlockAndPut = ({ k, mm }: Path, l: GupLocals): Fragment<never> =>
  fragment({
    site: outer,
    entry: 'mmap_read_unlock',
    exits: ['ended'],
    places: {
      mmap_read_unlock: {
        line: 2374,
        says: 'mmap_read_unlock()',
        on: [goIf(equal(l.page, NONE), 'ended', dropMmapRead(k, mm)), go('put_page', dropMmapRead(k, mm))],
      },
      put_page: {
        site: plain('put_page', 'include/linux/mm.h'),
        line: 1224,
        says: 'the caller is done: page refcount -1',
        on: [go('ended', putPage(k, l.page))],
      },
    },
  }) as Fragment<never>;

export const gupSlowPath: KernelPath = { ...ordinary, name: 'gup-slow', build: gupSlow, readsData: true };
