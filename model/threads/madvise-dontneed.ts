import type { Kernel } from '../kernel/kernel.ts';
import { dropMmapRead, mmapLockHasNoWriter, takeMmapRead } from '../kernel/mmap-lock.ts';
import { type Path, pathOf, pathParameters } from '../kernel/path.ts';
import { maySleep } from '../kernel/pte-lock.ts';
import { both } from '../language/expression.ts';
import { type Fragment, fragment, go, goIf, machine, wire } from '../language/machine.ts';
import type { Edits } from '../variants/protocol.ts';
import { plain } from './fault/site.ts';
import { breakWithRetry, type KernelPath, ordinary, type PathOptions } from './path.ts';
import { startAfter } from './start.ts';
import { droppedFailure } from './zap/dropped-failure.ts';
import { hasNoVma } from './zap/find-vma.ts';
import { type ZapLocals, zapLocals } from './zap/locals.ts';
import { afterGrace } from './zap/table-page.ts';
import { zapEachVma } from './zap/zap-each-vma.ts';
import { breaksOfZap, slotsOfZap } from './zap/zap-range.ts';

const site = plain('do_madvise', 'mm/madvise.c');

/** MADV_DONTNEED of one slot or of one entry in it: zap under mmap_lock for read, beside page faults; no table is freed. */
const madviseDontneed = (k: Kernel, edits: Edits, options: PathOptions) => {
  const breaks = breaksOfZap(k.shape, options, 'one-slot');
  const path = pathOf(k, breaks);
  const slots = slotsOfZap(k.shape, options);
  const { zap: l, declared } = zapLocals(k, { slots, breaks: breaks > 0 });
  const end = wire(unlock(path, l, edits), { next: afterGrace(path, l, slots) });
  const zapping = wire(zapEachVma(path, l, edits, options), { next: end });
  const body = wire(lock(path, options), { next: zapping });
  return machine('madvise-dontneed', startAfter(path, options, body), {
    locals: declared,
    parameters: pathParameters,
  });
};

const lock = ({ k, mm, me }: Path, options: PathOptions): Fragment<'next'> => {
  const free = mmapLockHasNoWriter(k, mm);
  return fragment({
    site,
    entry: 'mmap_read_lock',
    exits: ['next', 'ended'],
    places: {
      mmap_read_lock: {
        line: 1433,
        says: 'mmap_read_lock()',
        on: [
          ...(k.shape.unmaps ? [goIf(both(free, hasNoVma(k, mm, options)), 'ended' as const)] : []),
          goIf(free, 'next', maySleep(k, me), takeMmapRead(k, mm)),
        ],
      },
    },
  }) as Fragment<'next'>;
};

const unlock = ({ k, mm }: Path, l: ZapLocals, edits: Edits): Fragment<'next'> =>
  fragment({
    site,
    entry: 'mmap_read_unlock',
    exits: ['next'],
    places: {
      mmap_read_unlock: {
        line: 1443,
        says: 'mmap_read_unlock()',
        on: [go('next', dropMmapRead(k, mm), droppedFailure(l, edits))],
      },
    },
  });

export const madviseDontneedPath: KernelPath = {
  ...ordinary,
  name: 'madvise-dontneed',
  build: madviseDontneed,
  tables: (config, options) => breaksOfZap(config, options, 'one-slot'),
  seqIncrements: (config, options) => breaksOfZap(config, options, 'one-slot') * breakWithRetry(),
  requests: 'slot-or-entry',
};
