import { isFree, pmdLockOf, sourceLockIsInTable } from '../../kernel/pte-lock.ts';
import { slotIsTable } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { acquire, release, set } from '../../language/effect.ts';
import { NONE, plus } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, sequence, wire } from '../../language/machine.ts';
import { pmdInstall } from '../fault/pte-alloc.ts';
import { copyEntry, sameTable } from './copy-entry.ts';
import { type ForkLocals, type ForkPath, ofChild } from './locals.ts';
import { SHARES, TAKES_REFERENCE } from './share-table.ts';
import { cowRangeSite } from './site.ts';
import { PROTECTS } from './write-protect.ts';

/**
 * The corrected sharing: under the pmd lock and the lock of the table first every entry, then W of the parent's slot, the reference,
 * and the child's slot with W=0. Nobody sees a table that is shared and writable, or the child on another table than the one
 * whose entries were done. With `pinned` nothing has been shared.
 */
export const shareInOneSection = (path: ForkPath, l: ForkLocals): Fragment<'next' | 'pinned'> => {
  const entries = Array.from({ length: path.k.shape.entries }, (_, e) =>
    copyEntry(path, l, e, sameTable(path, l)),
  );
  const install = pmdInstall(ofChild(path), l.pteTable, {
    says: 'the shared table, W=0',
    writable: 0,
    fresh: false,
    kind: SHARES,
  });
  const share = sequence<'pinned'>(...entries, protectAndCount(path, l), install, unlock(path, l));
  const pinned = wire(named('pinned', unlock(path, l)), { next: 'pinned' });
  return wire(lock(path, l), { entries: wire(share, { next: 'next', pinned }), next: 'next' });
};

const lock = ({ k, mm, slot, me }: ForkPath, l: ForkLocals): Fragment<'next' | 'entries'> => {
  const pmd = pmdLockOf(k, mm);
  const table = k.slotTable.at(mm, slot);
  const inTable = sourceLockIsInTable(k);
  return fragment({
    site: cowRangeSite,
    entry: 'share_lock_pmd',
    exits: ['next', 'entries'],
    places: {
      share_lock_pmd: {
        line: 1161,
        says: 'pmd_lock() of the parent',
        kinds: inTable ? [] : ['pte lock taken'],
        on: [goIf(isFree(pmd), 'share_lookup', acquire(pmd, me))],
      },
      share_lookup: {
        line: 1161,
        says: 'read slot -> pte_table, src_ptl',
        on: [
          goIf(
            slotIsTable(k, mm, slot),
            inTable ? 'share_lock' : 'entries',
            set(l.pteTable, table),
            set(l.pte, table),
            set(l.ptl, table),
          ),
          go('share_unlock_empty'),
        ],
      },
      share_unlock_empty: {
        line: 1165,
        says: 'spin_unlock() of the pmd lock',
        on: [go('next', release(pmd, NONE))],
      },
      share_lock: {
        line: 1162,
        says: 'spin_lock(src_ptl)',
        kinds: ['pte lock taken'],
        on: [
          goIf(isFree(k.ptl.at(l.ptl)), 'entries', notFreed(k, l.ptl, 'lock'), acquire(k.ptl.at(l.ptl), me)),
        ],
      },
    },
  });
};

const protectAndCount = ({ k, mm, slot }: ForkPath, l: ForkLocals): Fragment<'next'> => {
  const count = k.count.at(l.ptl);
  return fragment({
    site: cowRangeSite,
    entry: 'protect_parent',
    exits: ['next'],
    places: {
      protect_parent: {
        line: 1269,
        says: "clear W in the parent's slot",
        kinds: [PROTECTS],
        on: [go('get_table', set(k.slotWritable.at(mm, slot), 0))],
      },
      get_table: {
        line: 1163,
        says: 'count +1',
        kinds: [TAKES_REFERENCE],
        on: [go('next', notFreed(k, l.ptl, 'count update'), set(count, plus(count, 1)))],
      },
    },
  });
};

const unlock = ({ k, mm }: ForkPath, l: ForkLocals): Fragment<'next'> => {
  const inTable = sourceLockIsInTable(k);
  const pmd = {
    line: 1165,
    says: 'spin_unlock() of the pmd lock',
    on: [go('next' as const, set(l.pteTable, NONE), release(pmdLockOf(k, mm), NONE))],
  };
  const ptl = {
    line: 1165,
    says: 'spin_unlock(src_ptl)',
    on: [go('share_unlock_pmd' as const, notFreed(k, l.ptl, 'unlock'), release(k.ptl.at(l.ptl), NONE))],
  };
  return fragment<string, 'next'>({
    site: cowRangeSite,
    entry: inTable ? 'share_unlock' : 'share_unlock_pmd',
    exits: ['next'],
    places: inTable ? { share_unlock: ptl, share_unlock_pmd: pmd } : { share_unlock_pmd: pmd },
  });
};
