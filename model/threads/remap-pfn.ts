import type { Kernel } from '../kernel/kernel.ts';
import { pathOf, pathParameters } from '../kernel/path.ts';
import { type Fragment, machine, named, wire } from '../language/machine.ts';
import { locals } from '../language/variable.ts';
import type { Configuration } from '../scenarios/scenario.ts';
import type { Edits } from '../variants/protocol.ts';
import { breakCowPteRange, breakRangeLocals } from './break/break-cow-pte-range.ts';
import { callOfBreak, goesOnUnreported, leavesOnFailure } from './break/call.ts';
import { plain } from './fault/site.ts';
import { insertLocals, insertTables } from './insert/insert-one.ts';
import { type InsertSites, mapNewEntry } from './insert/map-new-entry.ts';
import { underMmapWrite } from './mmap-section.ts';
import { breakWithRetry, type KernelPath, ordinary, type PathOptions } from './path.ts';
import { startAfter } from './start.ts';

const site = plain('remap_pte_range');

/** An entry that is taken is a BUG_ON(): a range is mapped into a vma that is new. */
const sites: InsertSites = {
  map: { ...site, line: 2397 },
  none: { ...site, line: 2402 },
  get: null,
  store: { ...site, line: 2407 },
  unlock: { ...site, line: 2411 },
  taken: 'bug',
};

/** Per slot the break's table, and one for an empty slot. */
const remapTables = ({ slots }: Pick<Configuration, 'slots'>): number => insertTables * slots;

/**
 * remap_pfn_range() from the mmap() of a driver, under mmap_lock for write: all slots of the range are broken first, and any
 * failure is -ENOMEM before an entry is stored; then slot by slot. Of each slot the one hole is mapped.
 */
const remapPfn = (k: Kernel, edits: Edits, options: PathOptions) => {
  const path = pathOf(k, remapTables(k.shape));
  const { local: l, declared } = locals({ ...insertLocals(k), ...breakRangeLocals(k) });
  const { lock, unlock } = underMmapWrite(path, plain('vm_mmap_pgoff', 'mm/util.c'), {
    lock: 518,
    unlock: 522,
  });
  let mapped: Fragment<never> = unlock;
  for (let slot = k.shape.slots - 1; slot >= 0; slot--) {
    const one = named(`remap_${slot}`, mapNewEntry({ ...path, slot }, l, sites));
    mapped = wire(one, { next: mapped, failed: unlock });
  }
  const posted = () => leavesOnFailure(breakCowPteRange(path, l, edits));
  const called = goesOnUnreported(callOfBreak('remap_pfn_range_notrack', path, edits, posted), l);
  const broken = wire(called, { done: mapped, dropped: mapped, left: unlock });
  return machine('remap-pfn', startAfter(path, options, wire(lock, { next: broken })), {
    locals: declared,
    parameters: pathParameters,
  });
};

export const remapPfnPath: KernelPath = {
  ...ordinary,
  name: 'remap-pfn',
  build: remapPfn,
  tables: remapTables,
  page: 'pfn',
  needsEntry: 'hole',
  seqIncrements: ({ slots }) => breakWithRetry() * slots,
};
