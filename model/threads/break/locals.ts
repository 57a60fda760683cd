import type { Kernel } from '../../kernel/kernel.ts';
import type { Locals, Type } from '../../language/variable.ts';
import { boolean } from '../../language/variable.ts';

/** The local variables of handle_cow_pte_fault(), by what they hold. */
export const breakLocals = (k: Kernel) =>
  ({
    /** src_pte, as the table whose entries it walks. */
    src: k.tableOrNone,
    /** src_ptl, as the table in whose page the lock lives. */
    srcPtl: k.tableOrNone,
    /** The table that one read of the slot yielded, until the next access uses it. */
    seen: k.tableOrNone,
    cowedTable: k.tableOrNone,
    cowedWritable: boolean,
    newTable: k.tableOrNone,
    /** dst_pte and dst_ptl of v4, which copies into a table that is installed already. */
    dst: k.tableOrNone,
    dstPtl: k.tableOrNone,
    /** The loaded half of a seqcount update. */
    seqLoaded: k.seqValue,
    /** An entry between its load and its store. */
    copyPage: k.pageOrNone,
    copyWritable: boolean,
    copyKind: k.entryKind.type,
    /** ret == -ENOMEM. */
    failed: boolean,
  }) satisfies Record<string, Type>;

export type BreakLocals = Locals<keyof ReturnType<typeof breakLocals>>;
