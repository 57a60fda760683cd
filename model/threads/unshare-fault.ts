import type { FaultKind } from './fault/fault-kind.ts';
import { pageFault, tablesOfFault } from './fault/handle-mm-fault.ts';
import { type KernelPath, oneBreak, ordinary } from './path.ts';

const fault: FaultKind = { access: 'unshare', vma: 'anonymous', meets: null };

/** A fault with FAULT_FLAG_UNSHARE, as get_user_pages() raises it before it pins a page for reading. */
export const unshareFaultPath: KernelPath = {
  ...ordinary,
  name: 'unshare-fault',
  build: (k, edits, options) => pageFault('unshare-fault', k, edits, options, fault),
  tables: () => tablesOfFault,
  page: 'own',
  mapsZeroPage: true,
  seqIncrements: oneBreak,
};
