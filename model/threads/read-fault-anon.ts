import type { FaultKind } from './fault/fault-kind.ts';
import { pageFault, tablesOfFault } from './fault/handle-mm-fault.ts';
import { type KernelPath, ordinary } from './path.ts';

const fault: FaultKind = { access: 'read', vma: 'anonymous', meets: null };

/** A read fault on a hole of an anonymous vma: it maps the zero page, and nobody has broken the table. */
export const readFaultAnonPath: KernelPath = {
  ...ordinary,
  name: 'read-fault-anon',
  build: (k, edits, options) => pageFault('read-fault-anon', k, edits, options, fault),
  tables: () => tablesOfFault,
  mapsZeroPage: true,
  needsEntry: 'hole',
};
