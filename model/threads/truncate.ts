import type { Kernel } from '../kernel/kernel.ts';
import { type Path, pathOf, pathParameters } from '../kernel/path.ts';
import { maySleep } from '../kernel/pte-lock.ts';
import { dropRead, hasNoWriter, takeRead } from '../kernel/rwsem.ts';
import { both } from '../language/expression.ts';
import { type Fragment, fragment, go, goIf, machine, wire } from '../language/machine.ts';
import type { Edits } from '../variants/protocol.ts';
import { plain } from './fault/site.ts';
import { breakWithRetry, type KernelPath, ordinary, type PathOptions } from './path.ts';
import { startAfter } from './start.ts';
import { zapLocals } from './zap/locals.ts';
import { afterGrace } from './zap/table-page.ts';
import { zapEachVma } from './zap/zap-each-vma.ts';
import { breaksOfZap, slotsOfZap } from './zap/zap-range.ts';

const site = plain('unmap_mapping_pages');

/**
 * One unmap_mapping_range() of truncate_pagecache(), as it reaches one mm: i_mmap for read, no mmap_lock, no table is freed.
 * Private copies are zapped too (even_cows), so that no entry keeps its account. A fork may run beside it, so that
 * what a break leaves is judged under its lock.
 */
const truncate = (k: Kernel, edits: Edits, options: PathOptions) => {
  const breaks = breaksOfZap(k.shape, options, 'one-slot');
  const path: Path = { ...pathOf(k, breaks), judgesBreakUnderLock: true };
  const slots = slotsOfZap(k.shape, options);
  const { zap: l, declared } = zapLocals(k, { slots, breaks: breaks > 0 });
  const end = wire(unlock(path), { next: afterGrace(path, l, slots) });
  const zapping = wire(zapEachVma(path, l, edits, options), { next: end });
  const body = wire(lock(path, options), { next: zapping });
  return machine('truncate', startAfter(path, options, body), {
    locals: declared,
    parameters: pathParameters,
  });
};

/** A vma that its mm has unlinked from i_mmap is not found; that changes under i_mmap for write only. */
const lock = ({ k, mm, me }: Path, { slot }: PathOptions): Fragment<'next'> => {
  const free = hasNoWriter(k.iMmapLock.at());
  return fragment({
    site,
    entry: 'i_mmap_lock_read',
    exits: ['next', 'ended'],
    places: {
      i_mmap_lock_read: {
        line: 3610,
        says: 'i_mmap_lock_read()',
        on: [
          goIf(both(free, k.fileUnlinked.at(mm, slot)), 'ended'),
          goIf(free, 'next', maySleep(k, me), takeRead(k.iMmapLock.at())),
        ],
      },
    },
  }) as Fragment<'next'>;
};

const unlock = ({ k }: Path): Fragment<'next'> =>
  fragment({
    site,
    entry: 'i_mmap_unlock_read',
    exits: ['next'],
    places: {
      i_mmap_unlock_read: {
        line: 3614,
        says: 'i_mmap_unlock_read()',
        on: [go('next', dropRead(k.iMmapLock.at()))],
      },
    },
  });

export const truncatePath: KernelPath = {
  ...ordinary,
  name: 'truncate',
  build: truncate,
  tables: (config, options) => breaksOfZap(config, options, 'one-slot'),
  seqIncrements: (config, options) => breaksOfZap(config, options, 'one-slot') * breakWithRetry(),
  isTask: false,
  requests: 'slot-or-entry',
  fileVma: true,
};
