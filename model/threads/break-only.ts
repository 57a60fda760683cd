import type { Kernel } from '../kernel/kernel.ts';
import { pathOf, pathParameters } from '../kernel/path.ts';
import { machine, wire } from '../language/machine.ts';
import { locals } from '../language/variable.ts';
import type { Edits } from '../variants/protocol.ts';
import { handleCowPteFault } from './break/handler.ts';
import { breakLocals } from './break/locals.ts';
import { userFault } from './fault/site.ts';
import { underMmapRead } from './mmap-section.ts';
import { type KernelPath, oneBreak, ordinary, type PathOptions } from './path.ts';
import { startAfter } from './start.ts';

const breakOnlyTables = 1;

/** handle_cow_pte_fault() once, under mmap_lock for read: the break without what surrounds it in a fault. */
const breakOnly = (k: Kernel, edits: Edits, options: PathOptions) => {
  const path = pathOf(k, breakOnlyTables);
  const { local: l, declared } = locals(breakLocals(k));
  const { lock, unlock } = underMmapRead(path, userFault, { lock: 1310, unlock: 1366 });
  const broken = wire(handleCowPteFault(path, l, edits), { done: unlock, failed: unlock });
  return machine('break-only', startAfter(path, options, wire(lock, { next: broken })), {
    locals: declared,
    parameters: pathParameters,
  });
};

export const breakOnlyPath: KernelPath = {
  ...ordinary,
  name: 'break-only',
  build: breakOnly,
  tables: () => breakOnlyTables,
  seqIncrements: oneBreak,
};
