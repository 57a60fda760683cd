import { faultTables, pageFault } from './fault/handle-mm-fault.ts';
import { type KernelPath, oneBreak, ordinary } from './path.ts';

/** A write fault on private anonymous memory. */
export const writeFaultPath: KernelPath = {
  ...ordinary,
  name: 'write-fault',
  build: (k, edits, options) =>
    pageFault('write-fault', k, edits, options, { access: 'write', vma: 'anonymous', meets: null }),
  tables: () => faultTables,
  page: 'own',
  seqIncrements: oneBreak,
};
