import type { FaultKind } from './fault/fault-kind.ts';
import { pageFault, tablesOfFault } from './fault/handle-mm-fault.ts';
import { type KernelPath, oneBreak, ordinary } from './path.ts';

const fault: FaultKind = { access: 'read', vma: 'file', meets: null };

/** A read fault on a hole of a file mapping: a vma with vm_ops, so that the table is broken first. */
export const readFaultFilePath: KernelPath = {
  ...ordinary,
  name: 'read-fault-file',
  build: (k, edits, options) => pageFault('read-fault-file', k, edits, options, fault),
  tables: () => tablesOfFault,
  page: 'file',
  needsEntry: 'hole',
  seqIncrements: oneBreak,
  fileVma: true,
};
