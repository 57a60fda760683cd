import { useEmptyAddress } from '../../kernel/empty-slot.ts';
import { entryIsNone, ownWrite, storeEntry } from '../../kernel/entry.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock, softwareStore } from '../../kernel/pte-lock.ts';
import { slotIsTable } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { equal, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, sequence } from '../../language/machine.ts';
import type { FaultLocals } from './locals.ts';
import { pteOffsetMapLock } from './map-and-lock.ts';
import { pteAlloc } from './pte-alloc.ts';
import { plain } from './site.ts';

const site = plain('do_anonymous_page');

/** do_anonymous_page() where nothing is to be written: the zero page is mapped, which nobody counts. */
export const doAnonymousPageRead = (path: Path, l: FaultLocals): Fragment<'done' | 'failed'> => {
  const { k, mm, slot, entry, me } = path;
  const page = k.shape.zeroPage;
  const stable = fragment({
    site,
    entry: 'check_unstable',
    exits: ['next', 'done'],
    places: {
      check_unstable: {
        line: 4162,
        says: 'read slot: a table?',
        on: [goIf(slotIsTable(k, mm, slot), 'next'), go('done')],
      },
    },
  });
  const install = fragment({
    site,
    entry: 'check_entry',
    exits: ['done'],
    places: {
      check_entry: {
        line: 4172,
        says: 'read entry: none?',
        on: [
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          goIf(entryIsNone(k, l.pte, entry), 'store_entry', notFreed(k, l.pte, 'entry read')),
          go('unlock', notFreed(k, l.pte, 'entry read')),
        ],
      },
      store_entry: {
        line: 4232,
        says: 'store entry: the zero page, read-only',
        kinds: ['software store'],
        on: [
          go(
            'unlock',
            softwareStore(k, mm, slot, l.pte, me),
            storeEntry(k, l.pte, entry, page, 0),
            ownWrite(k, mm, slot, l.pte, entry, page),
          ),
        ],
      },
      unlock: { line: 4237, says: 'spin_unlock(ptl)', on: [go('done', dropPteLock(k, mm, l.ptl))] },
    },
  });
  return named(
    'anon',
    sequence<'done' | 'failed'>(
      pteAlloc(path, l.newTable, { name: 'do_anonymous_page', line: 4158 }),
      stable,
      pteOffsetMapLock(path, l, site, 4170),
      install,
    ),
  ) as Fragment<'done' | 'failed'>;
};
