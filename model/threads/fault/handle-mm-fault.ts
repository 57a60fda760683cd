import type { Kernel } from '../../kernel/kernel.ts';
import { pathOf, pathParameters } from '../../kernel/path.ts';
import { type Fragment, machine, wire } from '../../language/machine.ts';
import { locals } from '../../language/variable.ts';
import type { Edits } from '../../variants/protocol.ts';
import { handleCowPteFault } from '../break/handler.ts';
import { underMmapRead } from '../mmap-section.ts';
import type { PathOptions } from '../path.ts';
import { startAfter } from '../start.ts';
import type { FaultKind } from './fault-kind.ts';
import { faultLocals } from './locals.ts';
import { handlePteFault } from './pte-fault.ts';
import { userFault } from './site.ts';
import { warnSharedWritable } from './warning.ts';

/** Tables a fault may hold or have published at once: the break's, and one for an empty slot. */
export const faultTables = 2;

/**
 * A page fault, from mmap_read_lock() to mmap_read_unlock(). __handle_mm_fault() breaks for a write, for an unsharing, and for
 * any fault in a vma with vm_ops, without a second attempt; then comes the warning, for every fault, then the fault itself.
 */
export const pageFault = (name: string, k: Kernel, edits: Edits, options: PathOptions, fault: FaultKind) => {
  const path = pathOf(k, faultTables);
  const { local: l, declared } = locals(faultLocals(k));
  const { unlock, lock } = underMmapRead(path, userFault, { lock: 1310, unlock: 1366 });
  const handled = wire(handlePteFault(path, l, edits, fault), { done: unlock, failed: unlock });
  const warned: Fragment<never> = wire(warnSharedWritable(path, l.seen), { next: handled });
  const breaks = fault.access !== 'read' || fault.vma === 'file';
  const body = breaks ? wire(handleCowPteFault(path, l, edits), { done: warned, failed: unlock }) : warned;
  return machine(name, startAfter(path, options, wire(lock, { next: body })), {
    locals: declared,
    parameters: pathParameters,
  });
};
