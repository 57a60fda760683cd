import { dropMmapRead, mmapLockHasNoWriter, takeMmapRead } from '../kernel/mmap-lock.ts';
import type { Path } from '../kernel/path.ts';
import { vmaIsGone } from '../kernel/vma.ts';
import { both } from '../language/expression.ts';
import { type Branch, type Fragment, fragment, go, goIf, type Site } from '../language/machine.ts';

/**
 * mmap_lock for read round a path: its two ends. Without a vma at the address the path ends here: it takes the lock, finds
 * nothing and drops it, which nobody can tell from never having taken it.
 */
export const underMmapRead = (
  path: Path,
  site: Site,
  lines: { readonly lock: number; readonly unlock: number },
): { readonly lock: Fragment<'next'>; readonly unlock: Fragment<never> } => ({
  lock: fragment({
    site,
    entry: 'mmap_read_lock',
    exits: ['next', 'ended'],
    places: {
      mmap_read_lock: {
        line: lines.lock,
        says: 'mmap_read_lock()',
        on: [
          ...endsWithoutVma(path),
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

const endsWithoutVma = ({ k, mm, slot, entry }: Path): Branch<'ended'>[] =>
  k.shape.unmaps ? [goIf(both(mmapLockHasNoWriter(k, mm), vmaIsGone(k, mm, slot, entry)), 'ended')] : [];
