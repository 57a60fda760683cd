import type { Kernel } from '../kernel/kernel.ts';
import { type Path, pathOf, pathParameters } from '../kernel/path.ts';
import { notFreed } from '../kernel/table.ts';
import { type Fragment, fragment, go, machine, wire } from '../language/machine.ts';
import { locals } from '../language/variable.ts';
import type { Edits } from '../variants/protocol.ts';
import { breaksNothing, callOfBreak } from './break/call.ts';
import { plain } from './fault/site.ts';
import { type KernelPath, ordinary, type PathOptions } from './path.ts';
import { readingWalk, type WalkLocals, walkLocals } from './rmap/locals.ts';
import { findSlot, leave, lockEntry, unlockEntry } from './rmap/walk.ts';
import { startAfter } from './start.ts';

/** folio_referenced() for one vma: a walk that does not break, since it changes nothing but Accessed. */
const rmapWalk = (k: Kernel, edits: Edits, options: PathOptions) => {
  const path = pathOf(k, 0);
  const { local: l, declared } = locals(walkLocals(k));
  const end = leave(path);
  const unlock = wire(unlockEntry(path, l), { next: end });
  const acting = wire(clearAccessed(path, l), { next: unlock });
  const locking = wire(lockEntry(path, l), { next: acting, none: end, other: unlock });
  const called = callOfBreak('page_vma_mapped_walk', path, edits, () => breaksNothing, readingWalk);
  const goesOn = wire(called, { done: locking, dropped: locking, left: end });
  const body = wire(findSlot(path), { next: goesOn, none: end });
  return machine('rmap-walk', startAfter(path, options, body), {
    locals: declared,
    parameters: pathParameters,
  });
};

/**
 * ptep_clear_flush_young(): an atomic change of the one bit, which on x86 is not followed by a flush. Accessed bits are not
 * kept, so nothing changes but that the entry is touched.
 */
const clearAccessed = ({ k }: Path, l: WalkLocals): Fragment<'next'> =>
  fragment({
    site: plain('folio_referenced_one', 'mm/rmap.c'),
    entry: 'clear_accessed',
    exits: ['next'],
    places: {
      clear_accessed: {
        line: 836,
        says: 'clear Accessed in the entry',
        kinds: ['rmap walk touches an entry'],
        on: [go('next', notFreed(k, l.pte, 'entry update'))],
      },
    },
  });

export const rmapWalkPath: KernelPath = {
  ...ordinary,
  name: 'rmap-walk',
  build: rmapWalk,
  isTask: false,
};
