import { FAIL, mayFail, spendFailure } from '../kernel/allocator.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { dropMmapWrite, mmapLockIsFree, takeMmapWrite } from '../kernel/mmap-lock.ts';
import { type Path, pathParameters } from '../kernel/path.ts';
import { maySleep } from '../kernel/pte-lock.ts';
import { isUnheld } from '../kernel/rwsem.ts';
import { setVmaGone } from '../kernel/vma.ts';
import { set, when } from '../language/effect.ts';
import { both } from '../language/expression.ts';
import {
  type Fragment,
  fragment,
  go,
  goIf,
  leaving,
  machine,
  named,
  STEP,
  wire,
} from '../language/machine.ts';
import type { Edits } from '../variants/protocol.ts';
import type { BreakLocals } from './break/locals.ts';
import { plain } from './fault/site.ts';
import { declareMoveLocals, type Move, moveOf, mremapSite } from './mremap/locals.ts';
import { movePageTables } from './mremap/move-page-tables.ts';
import { breaksOfMunmap, cutOut, unmapRegion } from './munmap.ts';
import { breakWithRetry, type KernelPath, ordinary, type PathOptions } from './path.ts';
import { startAfter } from './start.ts';
import { droppedFailure } from './zap/dropped-failure.ts';
import { hasNoVma } from './zap/find-vma.ts';
import type { ZapLocals } from './zap/locals.ts';
import { afterGrace } from './zap/table-page.ts';
import { slotsOfZap } from './zap/zap-range.ts';

/** A table for the old slot, if it is broken, and one for the new one; and one more, in case somebody empties a slot meanwhile. */
const mremapTables = 3;

/**
 * mremap(2) to another address, from mmap_lock to mmap_lock: a new vma, move_page_tables(), then the old range is unmapped. With
 * an entry only that page is moved; its vma is cut for it when it is unmapped, not before it is moved.
 */
const mremap = (k: Kernel, edits: Edits, options: PathOptions) => {
  const move = moveOf(k, mremapTables, options);
  const { path } = move;
  const { m, zap, declared } = declareMoveLocals(k, options);
  const end = afterGrace(path, zap, slotsOfZap(k.shape, options));
  const unmapped = wire(unmapRegion(path, zap, edits, options), {
    next: wire(unlock(move, zap, edits, true), { next: end }),
  });
  const uncut = wire(named('uncut', unlock(move, zap, edits, false)), { next: end });
  const unmap =
    options.entry === null ? unmapped : wire(cut(path, zap, edits), { next: unmapped, failed: uncut });
  const error = unlockWithError(path);
  const moved = wire(movePageTables(move, m, zap, edits), { next: unmap, failed: error });
  const body = wire(begin(path, options), { next: moved, failed: error });
  return machine('mremap', startAfter(path, options, body), { locals: declared, parameters: pathParameters });
};

/** The lock, then copy_vma(): a vma for the new range, which the reverse map and the file find once nobody walks them. */
const begin = ({ k, mm, me }: Path, options: PathOptions): Fragment<'next' | 'failed'> => {
  const free = mmapLockIsFree(k, mm);
  const nobodyWalks = isUnheld(k.rmapLock.at());
  return fragment({
    site: plain('copy_vma', 'mm/mmap.c'),
    entry: 'mmap_write_lock',
    exits: ['next', 'failed', 'ended'],
    places: {
      mmap_write_lock: {
        site: mremapSite('mremap'),
        line: 1001,
        says: 'mmap_write_lock()',
        on: [
          goIf(both(free, hasNoVma(k, mm, options)), 'ended'),
          goIf(free, 'dup_vma', maySleep(k, me), takeMmapWrite(k, mm)),
        ],
      },
      dup_vma: {
        line: 3438,
        says: 'allocate a vma',
        on: {
          [STEP]: [go('link_vma', maySleep(k, me))],
          [FAIL]: [goIf(mayFail(k), 'failed', spendFailure(k))],
        },
      },
      link_vma: {
        line: 3446,
        says: 'the reverse map finds the new vma',
        on: [goIf(k.shape.fileVmas ? both(nobodyWalks, isUnheld(k.iMmapLock.at())) : nobodyWalks, 'next')],
      },
    },
  }) as Fragment<'next' | 'failed'>;
};

/** do_munmap() of a part: if it cannot be cut out, it stays, and mremap(2) returns success all the same. */
const cut = (path: Path, l: ZapLocals, edits: Edits): Fragment<'next' | 'failed'> => {
  const { failed } = l.broken as BreakLocals;
  return leaving(cutOut(path, l, edits), 'failed', when(failed, [set(l.wentOn, 1), set(failed, 0)]));
};

/** The vma has gone from the old range, if it could be cut out, and there is one at the new range. */
const unlock = (
  { path, to, entry }: Move,
  l: ZapLocals,
  edits: Edits,
  oldIsGone: boolean,
): Fragment<'next'> => {
  const { k, mm } = path;
  return fragment({
    site: mremapSite('mremap'),
    entry: 'mmap_write_unlock',
    exits: ['next'],
    places: {
      mmap_write_unlock: {
        line: 1156,
        says: 'mmap_write_unlock()',
        on: [
          go(
            'next',
            dropMmapWrite(k, mm),
            oldIsGone ? setVmaGone(k, mm, path.slot, entry, 1) : [],
            setVmaGone(k, mm, to.slot, entry, 0),
            droppedFailure(l, edits),
          ),
        ],
      },
    },
  });
};

/** -ENOMEM: the new vma is taken away again; nothing was moved, so nothing is there to unmap. */
const unlockWithError = ({ k, mm }: Path): Fragment<never> =>
  fragment({
    site: mremapSite('mremap'),
    entry: 'mmap_write_unlock_error',
    exits: ['ended'],
    places: {
      mmap_write_unlock_error: {
        line: 1156,
        says: 'mmap_write_unlock(), return -ENOMEM',
        on: [go('ended', dropMmapWrite(k, mm))],
      },
    },
  }) as Fragment<never>;

export const mremapPath: KernelPath = {
  ...ordinary,
  name: 'mremap',
  build: mremap,
  tables: () => mremapTables,
  seqIncrements: (config, options) => (2 + breaksOfMunmap(config, options)) * breakWithRetry(),
  requests: 'slot-or-entry',
  moves: true,
  unmaps: true,
  splitsVma: 'if-narrowed',
};
