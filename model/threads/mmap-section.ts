import { dropMmapRead, mmapLockHasNoWriter, takeMmapRead } from '../kernel/mmap-lock.ts';
import type { Path } from '../kernel/path.ts';
import { type Fragment, fragment, go, goIf, type Site } from '../language/machine.ts';

/** mmap_lock for read round a path: its two ends. */
export const underMmapRead = (
  { k, mm }: Path,
  site: Site,
  lines: { readonly lock: number; readonly unlock: number },
): { readonly lock: Fragment<'next'>; readonly unlock: Fragment<never> } => ({
  lock: fragment({
    site,
    entry: 'mmap_read_lock',
    exits: ['next'],
    places: {
      mmap_read_lock: {
        line: lines.lock,
        says: 'mmap_read_lock()',
        on: [goIf(mmapLockHasNoWriter(k, mm), 'next', takeMmapRead(k, mm))],
      },
    },
  }),
  unlock: fragment({
    site,
    entry: 'mmap_read_unlock',
    exits: ['ended'],
    places: {
      mmap_read_unlock: {
        line: lines.unlock,
        says: 'mmap_read_unlock()',
        on: [go('ended', dropMmapRead(k, mm))],
      },
    },
  }) as Fragment<never>,
});
