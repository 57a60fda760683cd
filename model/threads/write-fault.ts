import type { FaultKind } from './fault/fault-kind.ts';
import { pageFault, tablesOfFault } from './fault/handle-mm-fault.ts';
import { type KernelPath, oneBreak, ordinary } from './path.ts';

const fault: FaultKind = { access: 'write', vma: 'anonymous', meets: null };

/** A write fault on private anonymous memory. */
export const writeFaultPath: KernelPath = {
  ...ordinary,
  name: 'write-fault',
  build: (k, edits, options) => pageFault('write-fault', k, edits, options, fault),
  tables: () => tablesOfFault,
  page: 'own',
  seqIncrements: oneBreak,
};
