import { useEmptyAddress } from '../../kernel/empty-slot.ts';
import { entryIsNone, ownWrite, storeEntry } from '../../kernel/entry.ts';
import { unlockPage } from '../../kernel/page.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock, softwareStore } from '../../kernel/pte-lock.ts';
import { slotIsNone, slotIsTable } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { both, differ, equal, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, sequence, wire } from '../../language/machine.ts';
import type { FaultLocals } from './locals.ts';
import { pteOffsetMapLock } from './map-and-lock.ts';
import { pmdInstall, pteAlloc } from './pte-alloc.ts';
import { plain } from './site.ts';

const site = plain('finish_fault');

/**
 * finish_fault() for a page of the page cache, entered with the page locked and a reference on it. `done`: mapped, the
 * reference is the mapping's, the page unlocked. `changed` and `failed` leave both to the caller.
 */
export const finishFault = (path: Path, l: FaultLocals): Fragment<'done' | 'changed' | 'failed'> => {
  const mapped = sequence<'done' | 'changed'>(pteOffsetMapLock(path, l, site, 4493), mapPage(path, l));
  const stable = wire(lookAtSlot(path), { next: mapped, changed: 'changed' });
  return wire(findTable(path, l), {
    next: stable,
    install: wire(named('prealloc', pmdInstall(path, l.newTable)), { next: stable }),
    allocate: wire(pteAlloc(path, l.newTable, { name: 'finish_fault', line: 4482 }), {
      next: stable,
      failed: 'failed',
    }),
  }) as Fragment<'done' | 'changed' | 'failed'>;
};

/** An empty slot gets the table that was allocated beforehand, else a new one. */
const findTable = ({ k, mm, slot }: Path, l: FaultLocals): Fragment<'next' | 'install' | 'allocate'> => {
  const none = slotIsNone(k, mm, slot);
  return fragment({
    site,
    entry: 'finish_check_none',
    exits: ['next', 'install', 'allocate'],
    places: {
      finish_check_none: {
        line: 4473,
        says: 'read slot: empty?',
        on: [goIf(both(none, differ(l.newTable, NONE)), 'install'), goIf(none, 'allocate'), go('next')],
      },
    },
  });
};

const lookAtSlot = ({ k, mm, slot }: Path): Fragment<'next' | 'changed'> =>
  fragment({
    site,
    entry: 'finish_check_unstable',
    exits: ['next', 'changed'],
    places: {
      finish_check_unstable: {
        line: 4490,
        says: 'read slot: a table?',
        on: [goIf(slotIsTable(k, mm, slot), 'next'), go('changed')],
      },
    },
  });

/** A private mapping: the page is mapped without W. */
const mapPage = (path: Path, l: FaultLocals): Fragment<'done' | 'changed'> => {
  const { k, mm, slot, entry, page, me } = path;
  const unlock = dropPteLock(k, mm, l.ptl);
  return fragment({
    site,
    entry: 'finish_check_entry',
    exits: ['done', 'changed'],
    places: {
      finish_check_entry: {
        line: 4497,
        says: 'read entry: still none?',
        on: [
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          goIf(entryIsNone(k, l.pte, entry), 'finish_store_entry', notFreed(k, l.pte, 'entry read')),
          go('finish_unlock_changed', notFreed(k, l.pte, 'entry read')),
        ],
      },
      finish_store_entry: {
        site: plain('do_set_pte'),
        line: 4425,
        says: 'store entry: the page, read-only',
        kinds: ['software store'],
        on: [
          go(
            'finish_unlock',
            softwareStore(k, mm, slot, l.pte, me),
            storeEntry(k, l.pte, entry, page, 0),
            ownWrite(k, mm, slot, l.pte, entry, page),
          ),
        ],
      },
      finish_unlock: { line: 4509, says: 'spin_unlock(ptl)', on: [go('finish_unlock_page', unlock)] },
      finish_unlock_page: {
        site: plain('do_read_fault'),
        line: 4635,
        says: 'unlock the page',
        on: [go('done', unlockPage(k, page))],
      },
      finish_unlock_changed: { line: 4509, says: 'spin_unlock(ptl)', on: [go('changed', unlock)] },
    },
  });
};
