import type { FaultKind } from './fault/fault-kind.ts';
import { pageFault, tablesOfFault } from './fault/handle-mm-fault.ts';
import { type KernelPath, ordinary } from './path.ts';

const fault: FaultKind = { access: 'read', vma: 'anonymous', meets: 'protnone' };

/** A read fault on an entry that NUMA balancing has made inaccessible. */
export const numaFaultPath: KernelPath = {
  ...ordinary,
  name: 'numa-fault',
  build: (k, edits, options) => pageFault('numa-fault', k, edits, options, fault),
  tables: () => tablesOfFault,
  mapsZeroPage: true,
  needsEntry: 'protnone',
};
