import { FAIL, mayFail, spendFailure } from '../../kernel/allocator.ts';
import { useEmptyAddress } from '../../kernel/empty-slot.ts';
import { entryIsNone, ownWrite, storeEntry } from '../../kernel/entry.ts';
import { markExclusive } from '../../kernel/page.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock, maySleep, softwareStore } from '../../kernel/pte-lock.ts';
import { slotIsTable } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { set } from '../../language/effect.ts';
import { equal, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, STEP, sequence, wire } from '../../language/machine.ts';
import type { FaultLocals } from './locals.ts';
import { pteOffsetMapLock } from './map-and-lock.ts';
import { pteAlloc } from './pte-alloc.ts';
import { plain } from './site.ts';

const site = plain('do_anonymous_page');

/** do_anonymous_page() for a write: a table if there is none, a zeroed page, and the entry if it is still none. */
export const doAnonymousPageWrite = (path: Path, l: FaultLocals): Fragment<'done' | 'failed'> => {
  const { k, mm, slot, entry, page, me } = path;
  const prepare = fragment({
    site,
    entry: 'check_unstable',
    exits: ['next', 'done', 'failed'],
    places: {
      check_unstable: {
        line: 4162,
        says: 'read slot: a table?',
        on: [goIf(slotIsTable(k, mm, slot), 'alloc_page'), go('done')],
      },
      alloc_page: {
        line: 4190,
        says: 'allocate a zeroed page',
        on: {
          [STEP]: [go('next', maySleep(k, me), set(k.pageCount.at(page), 1))],
          [FAIL]: [goIf(mayFail(k), 'failed', spendFailure(k))],
        },
      },
    },
  });
  const install = fragment({
    site,
    entry: 'check_entry',
    exits: ['done'],
    places: {
      check_entry: {
        line: 4212,
        says: 'read entry: none?',
        on: [
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          goIf(entryIsNone(k, l.pte, entry), 'store_entry', notFreed(k, l.pte, 'entry read')),
          go('put_page', notFreed(k, l.pte, 'entry read')),
        ],
      },
      store_entry: {
        line: 4232,
        says: 'store entry: the new page, writable',
        kinds: ['software store'],
        on: [
          go(
            'unlock',
            softwareStore(k, mm, slot, l.pte, me),
            storeEntry(k, l.pte, entry, page, 1),
            ownWrite(k, mm, slot, l.pte, entry, page),
            markExclusive(k, page),
          ),
        ],
      },
      put_page: { line: 4240, says: 'free the page', on: [go('unlock', set(k.pageCount.at(page), 0))] },
      unlock: { line: 4237, says: 'spin_unlock(ptl)', on: [go('done', dropPteLock(k, mm, l.ptl))] },
    },
  });
  return named(
    'anon',
    sequence<'done' | 'failed'>(
      pteAlloc(path, l.newTable, { name: 'do_anonymous_page', line: 4158 }),
      prepare,
      pteOffsetMapLock(path, l, site, 4210),
      wire(install, { done: 'done' }),
    ),
  ) as Fragment<'done' | 'failed'>;
};
