import {
  dropMmapRead,
  dropMmapWrite,
  mmapLockHasNoWriter,
  mmapLockIsFree,
  takeMmapRead,
  takeMmapWrite,
} from '../kernel/mmap-lock.ts';
import type { Path } from '../kernel/path.ts';
import { vmaIsGone } from '../kernel/vma.ts';
import { both, type Expression } from '../language/expression.ts';
import { type Branch, type Fragment, fragment, go, goIf, type Site } from '../language/machine.ts';

/** The two ends of a path that holds mmap_lock. */
interface MmapSection {
  readonly lock: Fragment<'next'>;
  readonly unlock: Fragment<never>;
}

interface Lines {
  readonly lock: number;
  readonly unlock: number;
}

/**
 * mmap_lock for read round a path: its two ends. Without a vma at the address the path ends here: it takes the lock, finds
 * nothing and drops it, which nobody can tell from never having taken it.
 */
export const underMmapRead = (path: Path, site: Site, lines: Lines): MmapSection => ({
  lock: fragment({
    site,
    entry: 'mmap_read_lock',
    exits: ['next', 'ended'],
    places: {
      mmap_read_lock: {
        line: lines.lock,
        says: 'mmap_read_lock()',
        on: [
          ...endsWithoutVma(path, mmapLockHasNoWriter(path.k, path.mm)),
          goIf(mmapLockHasNoWriter(path.k, path.mm), 'next', takeMmapRead(path.k, path.mm)),
        ],
      },
    },
  }) as Fragment<'next'>,
  unlock: fragment({
    site,
    entry: 'mmap_read_unlock',
    exits: ['ended'],
    places: {
      mmap_read_unlock: {
        line: lines.unlock,
        says: 'mmap_read_unlock()',
        on: [go('ended', dropMmapRead(path.k, path.mm))],
      },
    },
  }) as Fragment<never>,
});

/** The same for write. */
export const underMmapWrite = (path: Path, site: Site, lines: Lines): MmapSection => ({
  lock: fragment({
    site,
    entry: 'mmap_write_lock',
    exits: ['next', 'ended'],
    places: {
      mmap_write_lock: {
        line: lines.lock,
        says: 'mmap_write_lock()',
        on: [
          ...endsWithoutVma(path, mmapLockIsFree(path.k, path.mm)),
          goIf(mmapLockIsFree(path.k, path.mm), 'next', takeMmapWrite(path.k, path.mm)),
        ],
      },
    },
  }) as Fragment<'next'>,
  unlock: fragment({
    site,
    entry: 'mmap_write_unlock',
    exits: ['ended'],
    places: {
      mmap_write_unlock: {
        line: lines.unlock,
        says: 'mmap_write_unlock()',
        on: [go('ended', dropMmapWrite(path.k, path.mm))],
      },
    },
  }) as Fragment<never>,
});

const endsWithoutVma = ({ k, mm, slot, entry }: Path, isFree: Expression): Branch<'ended'>[] =>
  k.shape.unmaps ? [goIf(both(isFree, vmaIsGone(k, mm, slot, entry)), 'ended')] : [];
