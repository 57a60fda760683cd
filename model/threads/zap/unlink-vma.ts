import type { Path } from '../../kernel/path.ts';
import { maySleep } from '../../kernel/pte-lock.ts';
import { isUnheld } from '../../kernel/rwsem.ts';
import { set } from '../../language/effect.ts';
import { type Fragment, fragment, goIf, named, sequence } from '../../language/machine.ts';
import { plain } from '../fault/site.ts';

/**
 * What free_pgtables() does first for every vma: it hides it from rmap walkers and from truncation. Each of the two takes a
 * rwsem for write, changes what only its readers look at, and drops it: nobody can tell that from one step. The step
 * waits for the walks that are under way.
 */
export const unlinkVma = ({ k, mm, me }: Path, slot: number): Fragment<'next'> => {
  const anon = fragment({
    site: plain('unlink_anon_vmas', 'mm/rmap.c'),
    entry: 'unlink_anon_vmas',
    exits: ['next'],
    places: {
      unlink_anon_vmas: {
        line: 411,
        says: 'anon_vma_lock_write(), unlink, unlock',
        on: [goIf(isUnheld(k.rmapLock.at()), 'next', maySleep(k, me), set(k.rmapUnlinked.at(mm, slot), 1))],
      },
    },
  });
  const file = fragment({
    site: plain('unlink_file_vma', 'mm/mmap.c'),
    entry: 'unlink_file_vma',
    exits: ['next'],
    places: {
      unlink_file_vma: {
        line: 128,
        says: 'i_mmap_lock_write(), unlink, unlock',
        on: [goIf(isUnheld(k.iMmapLock.at()), 'next', maySleep(k, me), set(k.fileUnlinked.at(mm, slot), 1))],
      },
    },
  });
  return named(`slot_${slot}`, k.shape.fileVmas ? sequence(anon, file) : anon);
};
