import type { Site } from '../../language/machine.ts';

/** Lines of mm/memory.c as patch 04 leaves it. */
export const handleMmFault: Site = { function: '__handle_mm_fault', file: 'mm/memory.c', source: 'v5-04' };
/**
 * handle_pte_fault() is the same text in v6.1 and in the base of the patch; the lines are those of the patched file, counted
 * from the hook of the patch in it.
 */
export const handlePteFault: Site = { function: 'handle_pte_fault', file: 'mm/memory.c', source: 'v5-04' };
/** Functions that the patch leaves alone: lines of Debian's linux-source-6.1. */
export const plain = (name: string, file = 'mm/memory.c'): Site => ({
  function: name,
  file,
  source: 'linux-6.1',
});

/** Where a fault from user mode takes and drops mmap_lock. */
export const userFault = plain('do_user_addr_fault', 'arch/x86/mm/fault.c');
