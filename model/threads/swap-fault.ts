import type { FaultKind } from './fault/fault-kind.ts';
import { pageFault, tablesOfFault } from './fault/handle-mm-fault.ts';
import { type KernelPath, oneBreak, ordinary } from './path.ts';

const fault: FaultKind = { access: 'read', vma: 'anonymous', meets: 'swap' };

/** A read fault on a swap entry of an anonymous vma. */
export const swapFaultPath: KernelPath = {
  ...ordinary,
  name: 'swap-fault',
  build: (k, edits, options) => pageFault('swap-fault', k, edits, options, fault),
  tables: () => tablesOfFault,
  mapsZeroPage: true,
  needsEntry: 'swap',
  seqIncrements: oneBreak,
};
