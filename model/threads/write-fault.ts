import type { Kernel } from '../kernel/kernel.ts';
import { pathOf, pathParameters } from '../kernel/path.ts';
import { machine, wire } from '../language/machine.ts';
import { locals } from '../language/variable.ts';
import type { Edits } from '../variants/protocol.ts';
import { handleCowPteFault } from './break/handler.ts';
import { faultLocals } from './fault/locals.ts';
import { handlePteFaultWrite } from './fault/pte-fault.ts';
import { userFault } from './fault/site.ts';
import { warnSharedWritable } from './fault/warning.ts';
import { underMmapRead } from './mmap-section.ts';
import { type KernelPath, oneBreak, ordinary, type PathOptions } from './path.ts';
import { startAfter } from './start.ts';

/** Tables a write fault may hold or have published at once: the break's, and one for an empty slot. */
const writeFaultTables = 2;

/** A write fault on private anonymous memory, from mmap_read_lock() to mmap_read_unlock(). */
export const writeFault = (k: Kernel, edits: Edits, options: PathOptions) => {
  const path = pathOf(k, writeFaultTables);
  const { local: l, declared } = locals(faultLocals(k));
  const { unlock, lock } = underMmapRead(path, userFault, { lock: 1310, unlock: 1366 });
  const fault = wire(handlePteFaultWrite(path, l), { done: unlock, failed: unlock });
  const warned = wire(warnSharedWritable(path, l.seen), { next: fault });
  const broken = wire(handleCowPteFault(path, l, edits), { done: warned, failed: unlock });
  return machine('write-fault', startAfter(path, options, wire(lock, { next: broken })), {
    locals: declared,
    parameters: pathParameters,
  });
};

export const writeFaultPath: KernelPath = {
  ...ordinary,
  name: 'write-fault',
  build: writeFault,
  tables: () => writeFaultTables,
  page: 'own',
  seqIncrements: oneBreak,
};
