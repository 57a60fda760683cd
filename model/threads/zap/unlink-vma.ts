import type { Path } from '../../kernel/path.ts';
import { maySleep } from '../../kernel/pte-lock.ts';
import { isUnheld } from '../../kernel/rwsem.ts';
import { type Effect, set } from '../../language/effect.ts';
import { type Fragment, fragment, goIf, sequence } from '../../language/machine.ts';
import { plain } from '../fault/site.ts';

/**
 * What free_pgtables() does first for every vma: it hides it from rmap walkers and from truncation. Each of the two takes a
 * rwsem for write, changes what only its readers look at, and drops it: nobody can tell that from one step. The step
 * waits for the walks that are under way.
 */
export const unlinkVma = (path: Path, slot: number): Fragment<'next'> => {
  const { k, mm } = path;
  return unlink(path, [set(k.rmapUnlinked.at(mm, slot), 1)], [set(k.fileUnlinked.at(mm, slot), 1)]);
};

/**
 * The same for a piece of a vma. A walk through another piece still finds the slot; one through this piece would find an
 * entry that is none, as it is shown here too.
 */
export const unlinkPiece = (path: Path): Fragment<'next'> => unlink(path, [], []);

const unlink = (
  { k, me }: Path,
  fromAnon: readonly Effect[],
  fromFile: readonly Effect[],
): Fragment<'next'> => {
  const anon = fragment({
    site: plain('unlink_anon_vmas', 'mm/rmap.c'),
    entry: 'unlink_anon_vmas',
    exits: ['next'],
    places: {
      unlink_anon_vmas: {
        line: 411,
        says: 'anon_vma_lock_write(), unlink, unlock',
        on: [goIf(isUnheld(k.rmapLock.at()), 'next', maySleep(k, me), fromAnon)],
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
        on: [goIf(isUnheld(k.iMmapLock.at()), 'next', maySleep(k, me), fromFile)],
      },
    },
  });
  return k.shape.fileVmas ? sequence(anon, file) : anon;
};
