import type { Kernel } from '../kernel/kernel.ts';
import { dropMmapRead, dropMmapWrite, mmapLockIsFree, takeMmapWrite } from '../kernel/mmap-lock.ts';
import { type Path, pathOf, pathParameters } from '../kernel/path.ts';
import { maySleep } from '../kernel/pte-lock.ts';
import { downgrade } from '../kernel/rwsem.ts';
import { setVmaGone } from '../kernel/vma.ts';
import { both } from '../language/expression.ts';
import { type Fragment, fragment, go, goIf, machine, named, sequence, wire } from '../language/machine.ts';
import type { Edits } from '../variants/protocol.ts';
import { breakCowPte } from './break/break-cow-pte.ts';
import { plain } from './fault/site.ts';
import { breakWithRetry, type KernelPath, ordinary, type PathOptions } from './path.ts';
import { cutVma } from './split-vma.ts';
import { startAfter } from './start.ts';
import { droppedFailure } from './zap/dropped-failure.ts';
import { hasNoVma } from './zap/find-vma.ts';
import { freeSlot } from './zap/free-pgtables.ts';
import { everything, flushAndFree } from './zap/gather.ts';
import { type ZapLocals, zapLocals } from './zap/locals.ts';
import { afterGrace } from './zap/table-page.ts';
import { unlinkPiece, unlinkVma } from './zap/unlink-vma.ts';
import { breaksOfZap, slotsOfZap, zapRange } from './zap/zap-range.ts';

const site = plain('do_mas_align_munmap', 'mm/mmap.c');

/** A part is cut out of its vma at both ends, with a break at each; zap breaks once more if it meets a COW-ed slot. */
export const breaksOfMunmap = (config: { readonly slots: number }, options: PathOptions): number =>
  options.narrowed ? 3 : breaksOfZap(config, options, 'one-slot');

/**
 * munmap(2) of one slot or of one entry in it. Under mmap_lock for write the part is cut out and the vma taken from the mm;
 * then the lock is downgraded, and zap, free_pgtables() and the last flush run beside page faults. While a piece of the
 * vma is left in the 2 MiB, floor and ceiling keep free_pgtables() from freeing the table.
 */
const munmap = (k: Kernel, edits: Edits, options: PathOptions) => {
  const { entry } = options;
  const breaks = breaksOfMunmap(k.shape, options);
  const path = pathOf(k, breaks);
  const slots = slotsOfZap(k.shape, options);
  const { zap: l, declared } = zapLocals(k, { slots, breaks: breaks > 0 });
  const body = sequence(detach(path, options), unmapRegion(path, l, edits, options));
  const end = wire(unlockRead(path, l, edits), { next: afterGrace(path, l, slots) });
  const unmapping = wire(body, { next: end });
  const failed = unlockWrite(path);
  const prepared = entry === null ? unmapping : wire(cutOut(path, l, edits), { next: unmapping, failed });
  const locked = wire(lock(path, options), { next: prepared });
  return machine('munmap', startAfter(path, options, locked), {
    locals: declared,
    parameters: pathParameters,
  });
};

const lock = ({ k, mm, me }: Path, options: PathOptions): Fragment<'next'> => {
  const free = mmapLockIsFree(k, mm);
  return fragment({
    site: plain('__vm_munmap', 'mm/mmap.c'),
    entry: 'mmap_write_lock',
    exits: ['next', 'ended'],
    places: {
      mmap_write_lock: {
        line: 2941,
        says: 'mmap_write_lock()',
        on: [
          ...(k.shape.unmaps ? [goIf(both(free, hasNoVma(k, mm, options)), 'ended' as const)] : []),
          goIf(free, 'next', maySleep(k, me), takeMmapWrite(k, mm)),
        ],
      },
    },
  }) as Fragment<'next'>;
};

/** unmap_region(): zap, free_pgtables() and the last flush, for the slot or the one entry. */
export const unmapRegion = (
  path: Path,
  l: ZapLocals,
  edits: Edits,
  options: PathOptions,
): Fragment<'next'> => {
  const { slot, entry, vmasAreSplit } = options;
  const whole = vmasAreSplit && !edits.zapInOneSection ? 'unless-split' : 'yes';
  const covered = entry !== null ? 'no' : whole;
  const goesAway = entry === null;
  const free = entry === null ? [unlinkVma(path, slot), freeSlot(path, l, edits, slot)] : [unlinkPiece(path)];
  const slots = slotsOfZap(path.k.shape, options);
  const gathered = entry === null ? everything(slots, edits) : { pages: slots, tables: [] };
  return sequence(
    zapRange(path, l, edits, {
      slot,
      entry,
      covered,
      goesAway,
      before: [],
      findsVmas: false,
      afterEach: [],
    }),
    ...free,
    named('finish', flushAndFree(path, l, gathered)),
  );
};

/** __split_vma() at the start of the part and at its end; an error ends the call. */
export const cutOut = (path: Path, l: ZapLocals, edits: Edits): Fragment<'next' | 'failed'> => {
  const cut = (at: string): Fragment<'next' | 'failed'> =>
    named(
      at,
      wire(breakCowPte(path, l.broken as NonNullable<ZapLocals['broken']>, edits), {
        done: cutVma(path),
        failed: 'failed',
      }),
    );
  return sequence<'next' | 'failed'>(cut('cut_start'), cut('cut_end'));
};

/**
 * The vma leaves the mm, and mmap_lock is downgraded. Tasks look for vmas under mmap_lock only, so nobody can tell the two
 * apart.
 */
const detach = ({ k, mm }: Path, { slot, entry }: PathOptions): Fragment<'next'> => {
  return fragment({
    site,
    entry: 'detach',
    exits: ['next'],
    places: {
      detach: {
        line: 2597,
        says: 'the vma leaves the mm; mmap_write_downgrade()',
        on: [go('next', setVmaGone(k, mm, slot, entry, 1), downgrade(k.mmapLock.at(mm)))],
      },
    },
  });
};

const unlockRead = ({ k, mm }: Path, l: ZapLocals, edits: Edits): Fragment<'next'> =>
  fragment({
    site: plain('__vm_munmap', 'mm/mmap.c'),
    entry: 'mmap_read_unlock',
    exits: ['next'],
    places: {
      mmap_read_unlock: {
        line: 2951,
        says: 'mmap_read_unlock()',
        on: [go('next', dropMmapRead(k, mm), droppedFailure(l, edits))],
      },
    },
  });

const unlockWrite = ({ k, mm }: Path): Fragment<never> =>
  fragment({
    site: plain('__vm_munmap', 'mm/mmap.c'),
    entry: 'mmap_write_unlock',
    exits: ['ended'],
    places: {
      mmap_write_unlock: {
        line: 2954,
        says: 'mmap_write_unlock(), return -ENOMEM',
        on: [go('ended', dropMmapWrite(k, mm))],
      },
    },
  }) as Fragment<never>;

export const munmapPath: KernelPath = {
  ...ordinary,
  name: 'munmap',
  build: munmap,
  tables: breaksOfMunmap,
  seqIncrements: (config, options) => breaksOfMunmap(config, options) * breakWithRetry(),
  requests: 'slot-or-entry',
  unmaps: true,
  splitsVma: 'if-narrowed',
};
