import type { Kernel } from '../../kernel/kernel.ts';
import { pathOf, pathParameters } from '../../kernel/path.ts';
import { type Fragment, machine, wire } from '../../language/machine.ts';
import { locals } from '../../language/variable.ts';
import type { Edits } from '../../variants/protocol.ts';
import { goesOnUnreported } from '../break/call.ts';
import { handleCowPteFault } from '../break/handler.ts';
import { underMmapRead } from '../mmap-section.ts';
import type { PathOptions } from '../path.ts';
import { startAfter } from '../start.ts';
import type { FaultKind } from './fault-kind.ts';
import { faultLocals } from './locals.ts';
import { lookAtSlot } from './look-at-slot.ts';
import { handlePteFault } from './pte-fault.ts';
import { userFault } from './site.ts';
import { warnSharedWritable } from './warning.ts';

/** __handle_mm_fault() breaks for a write, for an unsharing, and for any fault in a vma with vm_ops. */
const breaksFirst = ({ access, vma }: FaultKind): boolean => access !== 'read' || vma === 'file';

/** Tables a fault may hold or have published at once: one for an empty slot, and that of a break. */
export const tablesOfFault = 2;

/**
 * A page fault, from mmap_read_lock() to mmap_read_unlock(): the break where it is called for, without a second attempt; the
 * warning, for every fault; the fault itself.
 */
export const pageFault = (name: string, k: Kernel, edits: Edits, options: PathOptions, fault: FaultKind) => {
  const path = pathOf(k, tablesOfFault);
  const { local: l, declared } = locals(faultLocals(k));
  const { unlock, lock } = underMmapRead(path, userFault, { lock: 1310, unlock: 1366 });
  const handled = wire(handlePteFault(path, l, edits, fault), { done: unlock, failed: unlock });
  const warned: Fragment<never> = wire(warnSharedWritable(path, l.seen), { next: handled });
  const body =
    breaksFirst(fault) || edits.everyFaultBreaks
      ? wire(handleCowPteFault(path, l, edits), { done: warned, failed: unlock })
      : warned;
  const flags = { read: 0, write: 1, unshare: 0x400 }[fault.access];
  const hook = edits.text?.hook('__handle_mm_fault', path, { flags, hasOps: fault.vma === 'file' });
  const called = hook
    ? wire(goesOnUnreported(hook, l), { done: handled, dropped: handled, left: unlock })
    : body;
  const looked = k.shape.specialSlots ? wire(lookAtSlot(path), { next: called, elsewhere: unlock }) : called;
  return machine(name, startAfter(path, options, wire(lock, { next: looked })), {
    locals: declared,
    parameters: pathParameters,
  });
};
