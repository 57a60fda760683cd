import type { Kernel } from '../../kernel/kernel.ts';
import { boolean, type Locals, type Type } from '../../language/variable.ts';
import { breakLocals } from '../break/locals.ts';

/** The local variables of a page fault: those of the break and the parts of struct vm_fault. */
export const faultLocals = (k: Kernel) =>
  ({
    ...breakLocals(k),
    /** vmf->pte, as the table that it points into. */
    pte: k.tableOrNone,
    /** vmf->ptl, as the table in whose page the lock lives. */
    ptl: k.tableOrNone,
    /** vmf->orig_pte. */
    origPage: k.pageOrNone,
    origWritable: boolean,
    origKind: k.entryKind.type,
  }) satisfies Record<string, Type>;

export type FaultLocals = Locals<keyof ReturnType<typeof faultLocals>>;
