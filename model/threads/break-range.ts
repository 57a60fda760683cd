import type { Kernel } from '../kernel/kernel.ts';
import { pathOf, pathParameters } from '../kernel/path.ts';
import { machine, wire } from '../language/machine.ts';
import { locals } from '../language/variable.ts';
import type { Edits } from '../variants/protocol.ts';
import { breakCowPteRange, breakRangeLocals } from './break/break-cow-pte-range.ts';
import { plain } from './fault/site.ts';
import { underMmapWrite } from './mmap-section.ts';
import { breakWithRetry, type KernelPath, ordinary, type PathOptions } from './path.ts';
import { startAfter } from './start.ts';

/** break_cow_pte_range() over all slots, under mmap_lock for write, as mprotect(2) calls it later in the series. */
const breakRange = (k: Kernel, edits: Edits, options: PathOptions) => {
  const path = pathOf(k, k.shape.slots);
  const { local: l, declared } = locals(breakRangeLocals(k));
  const { lock, unlock } = underMmapWrite(path, plain('do_mprotect_pkey', 'mm/mprotect.c'), {
    lock: 702,
    unlock: 812,
  });
  const broken = wire(breakCowPteRange(path, l, edits), { done: unlock, failed: unlock });
  return machine('break-range', startAfter(path, options, wire(lock, { next: broken })), {
    locals: declared,
    parameters: pathParameters,
  });
};

export const breakRangePath: KernelPath = {
  ...ordinary,
  name: 'break-range',
  build: breakRange,
  tables: ({ slots }) => slots,
  seqIncrements: ({ slots }) => breakWithRetry() * slots,
};
