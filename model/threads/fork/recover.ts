import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import { dropPteLock, isFree, lockOf, takePteLock } from '../../kernel/pte-lock.ts';
import { storeSlot } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { set } from '../../language/effect.ts';
import { differ, equal, minus, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, sequence, wire } from '../../language/machine.ts';
import { pteAlloc } from '../fault/pte-alloc.ts';
import { type FallBackLocals, type ForkLocals, type ForkPath, ofChild } from './locals.ts';
import { mapAndLock } from './map-and-lock.ts';
import { recoverSite } from './site.ts';

/** What properties ask for: fork gave its reference back. */
export const GIVES_BACK = 'fork gives its reference back';

/**
 * F4, recover_pte_range(): the child gets a table of its own for the entries that were done before the pinned one, then the
 * reference is given back; whether it was the last is not asked. Without memory for the table it returns -ENOMEM and the
 * reference stays. What is pinned is entry 0, so that the loop meets holes only; were it the very first page of the 2 MiB, the
 * loop would not run at all, and the lock of line 1337 would be a local that nobody has set.
 */
export const recover = (path: ForkPath, l: ForkLocals, f: FallBackLocals): Fragment<'next' | 'failed'> => {
  const { k, mm, slot, me, child } = path;
  const toChild = ofChild(path);
  const { nrPtes } = k;
  const forget = fragment({
    site: recoverSite,
    entry: 'dec_nr_ptes',
    exits: ['next'],
    places: {
      dec_nr_ptes: {
        line: 1292,
        says: 'nr_ptes -1 of the child',
        on: [go('clear_child', set(nrPtes.at(child), minus(nrPtes.at(child), 1)))],
      },
      clear_child: {
        line: 1293,
        comment: 1291,
        says: "store the child's slot: empty",
        on: [go('next', storeSlot(k, child, slot, NONE, 0))],
      },
    },
  });
  const unlock = fragment({
    site: recoverSite,
    entry: 'unlock_src',
    exits: ['next'],
    places: {
      unlock_src: {
        line: 1327,
        says: 'spin_unlock(src_ptl)',
        on: [go('unlock_dst', dropPteLock(k, mm, l.ptl))],
      },
      unlock_dst: {
        line: 1330,
        says: 'spin_unlock(dst_ptl)',
        on: [go('relock_src', dropPteLock(k, child, f.dstPtl))],
      },
      relock_src: {
        line: 1337,
        comment: 1333,
        says: 'spin_lock(src_ptl)',
        kinds: ['pte lock taken'],
        on: [goIf(isFree(lockOf(k, mm, l.ptl)), 'next', takePteLock(k, mm, l.ptl, me))],
      },
    },
  });
  const dst = { pte: f.dstPte, ptl: f.dstPtl };
  const copied = sequence(
    mapAndLock(toChild, dst, 'dst', recoverSite, { map: 1306, lockptr: 1307, lock: 1308 }),
    mapAndLock(path, l, 'src', recoverSite, { map: 1310, lockptr: 1311, lock: 1312 }),
    unlock,
    giveBack(path, l),
  );
  const table = pteAlloc(toChild, f.newTable, { name: 'recover_pte_range', line: 1294, source: 'v5-03' });
  const body = wire(forget, { next: wire(table, { next: copied, failed: 'failed' }) });
  return named('recover', body);
};

const giveBack = ({ k, mm, slot }: ForkPath, l: ForkLocals): Fragment<'next'> => {
  const table = k.slotTable.at(mm, slot);
  const count = k.count.at(l.seen);
  const update = notFreed(k, l.seen, 'count update');
  return fragment({
    site: recoverSite,
    entry: 'put_read_slot',
    exits: ['next'],
    places: {
      put_read_slot: {
        line: 1338,
        comment: 1333,
        says: 'read slot for the put',
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('pmd_put_pte')),
          go('put_table', set(l.seen, table)),
        ],
      },
      put_table: {
        line: 1338,
        comment: 1333,
        says: 'put the table: count -1 unless 1',
        kinds: [GIVES_BACK],
        on: [
          goIf(differ(count, 1), 'unlock_put', update, set(count, minus(count, 1))),
          go('unlock_put', update),
        ],
      },
      unlock_put: { line: 1339, says: 'spin_unlock(src_ptl)', on: [go('next', dropPteLock(k, mm, l.ptl))] },
    },
  });
};
