import { dropMmapWrite, mmapLockIsFree, takeMmapWrite } from '../../kernel/mmap-lock.ts';
import { flushCanEnd, flushMm } from '../../kernel/tlb.ts';
import { type Effect, set } from '../../language/effect.ts';
import { divert, type Fragment, fragment, go, goIf, named, wire } from '../../language/machine.ts';
import type { ForkOrder } from './copy-slot.ts';
import { copyVma } from './copy-vma.ts';
import type { FallBackLocals, ForkLocals, ForkPath } from './locals.ts';
import { dupMmapSite } from './site.ts';

/** dup_mmap(): both mmap_locks for write, every vma of the parent, then F5. `failed` is -ENOMEM, with both locks dropped. */
export const dupMmap = (
  path: ForkPath,
  l: ForkLocals,
  f: FallBackLocals | null,
  order: ForkOrder,
  vmasAreSplit: boolean,
): Fragment<'next' | 'failed'> => {
  const { k, child } = path;
  const error = wire(named('error', unlockBoth(path, [set(k.forkFailed.at(child), 1)])), {
    next: 'failed',
  });
  let rest: Fragment<'next' | 'failed'> = unlockBoth(path, []);
  for (let s = k.shape.slots - 1; s >= 0; s--) {
    const here: ForkPath = { ...path, slot: s };
    rest = wire(named(`slot_${s}`, copyVmas(here, l, f, order, vmasAreSplit)), {
      next: rest,
      failed: error,
    });
  }
  return wire(lockBoth(path), { next: rest });
};

/** The one vma of a slot, or the two that it was cut into; not while mmap_lock is held. */
const copyVmas = (
  path: ForkPath,
  l: ForkLocals,
  f: FallBackLocals | null,
  order: ForkOrder,
  vmasAreSplit: boolean,
): Fragment<'next' | 'failed'> => {
  if (!vmasAreSplit) return copyVma(path, l, f, order, 'whole');
  const first = copyVma(path, l, f, order, 'first');
  const second = named('second_vma', copyVma(path, l, f, order, 'second'));
  return wire(divert(first, 'next', path.k.vmaSplit.at(path.mm, path.slot), 'second'), {
    next: 'next',
    failed: 'failed',
    second,
  });
};

const lockBoth = ({ k, mm, child }: ForkPath): Fragment<'next'> =>
  fragment({
    site: dupMmapSite,
    entry: 'lock_parent',
    exits: ['next'],
    places: {
      lock_parent: {
        line: 600,
        says: 'mmap_write_lock() of the parent',
        on: [goIf(mmapLockIsFree(k, mm), 'lock_child', takeMmapWrite(k, mm))],
      },
      lock_child: {
        line: 609,
        says: 'mmap_write_lock() of the child',
        on: [goIf(mmapLockIsFree(k, child), 'next', takeMmapWrite(k, child))],
      },
    },
  });

/** F5. The child runs some time after the parent's lock is dropped; letting it run at once only adds orders. */
const unlockBoth = ({ k, mm, child }: ForkPath, atEnd: readonly Effect[]): Fragment<'next'> =>
  fragment({
    site: dupMmapSite,
    entry: 'unlock_child',
    exits: ['next'],
    places: {
      unlock_child: {
        line: 724,
        says: 'mmap_write_unlock() of the child',
        on: [go('flush_parent', dropMmapWrite(k, child))],
      },
      flush_parent: {
        line: 725,
        says: 'flush_tlb_mm() of the parent',
        kinds: ['flush'],
        on: [goIf(flushCanEnd(k, mm), 'unlock_parent', flushMm(k, mm))],
      },
      unlock_parent: {
        line: 726,
        says: 'mmap_write_unlock() of the parent',
        on: [go('next', dropMmapWrite(k, mm), atEnd)],
      },
    },
  });
