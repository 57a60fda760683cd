import { dropPteLock } from '../../kernel/pte-lock.ts';
import { divert, type Fragment, fragment, go, named, sequence, wire } from '../../language/machine.ts';
import { copyEntry, sameTable } from './copy-entry.ts';
import type { ForkLocals, ForkPath } from './locals.ts';
import { mapAndLock } from './map-and-lock.ts';
import { cowRangeSite } from './site.ts';

type Copied = Fragment<'next' | 'pinned'>;

/**
 * F2: every entry of the table under its lock, vma by vma, for each of which table and lock are looked up anew. The count says
 * already that the table is shared, the slots do not. With `pinned` the lock is dropped as well.
 */
export const copySharedTable = (path: ForkPath, l: ForkLocals, vmasAreSplit: boolean): Copied => {
  const { k, mm, slot } = path;
  const entries = Array.from({ length: k.shape.entries }, (_, e) => e);
  const lock = mapAndLock(path, l, 'src', cowRangeSite, { map: 1185, lockptr: 1186, lock: 1188 });
  const copy = (some: readonly number[]): Copied[] =>
    some.map((e) => copyEntry(path, l, e, sameTable(path, l)));
  const pinned = wire(unlock(path, l, 'unlock_pinned'), { next: 'pinned' });
  const last = unlock(path, l, 'unlock_src');
  if (!vmasAreSplit) return wire(sequence<'pinned'>(lock, ...copy(entries), last), { next: 'next', pinned });
  // Of a vma that was cut the first piece has entry 0. It is not cut while mmap_lock is held.
  const rest = sequence<'pinned'>(...copy(entries.slice(1)), last);
  const nextVma = sequence<'pinned'>(unlock(path, l, 'unlock_vma'), named('second', sequence(lock, rest)));
  const first = sequence<'pinned'>(lock, ...copy([0]));
  const all = wire(divert(first, 'next', k.vmaSplit.at(mm, slot), 'cut'), {
    next: rest,
    cut: nextVma,
    pinned: 'pinned',
  });
  return wire(all, { next: 'next', pinned });
};

const unlock = ({ k, mm }: ForkPath, l: ForkLocals, name: string): Fragment<'next'> =>
  fragment({
    site: cowRangeSite,
    entry: name,
    exits: ['next'],
    places: {
      [name]: { line: 1233, says: 'spin_unlock(src_ptl)', on: [go('next', dropPteLock(k, mm, l.ptl))] },
    },
  });
