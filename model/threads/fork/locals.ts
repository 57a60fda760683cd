import type { Kernel } from '../../kernel/kernel.ts';
import type { Path } from '../../kernel/path.ts';
import { type Operand, parameter } from '../../language/expression.ts';
import { boolean, type Locals, locals, type Type } from '../../language/variable.ts';

/** What every fragment of a fork knows: `mm` is the parent. */
export interface ForkPath extends Path {
  readonly child: Operand;
}

/** The path of a fork. */
export const forkPathOf = (path: Path): ForkPath => ({ ...path, child: parameter('child') });

/** The same thread at work on the child's tables. */
export const ofChild = (path: ForkPath): Path => ({ ...path, mm: path.child });

const forkLocals = (k: Kernel) =>
  ({
    /** pte_table. */
    pteTable: k.tableOrNone,
    /** src_pte and src_ptl, as the tables that they lead to. */
    pte: k.tableOrNone,
    ptl: k.tableOrNone,
    /** The table that one read of the slot yielded, until the next access uses it. */
    seen: k.tableOrNone,
    seqLoaded: k.seqValue,
    /** An entry between its load and its store. */
    page: k.pageOrNone,
    writable: boolean,
    kind: k.entryKind.type,
  }) satisfies Record<string, Type>;

/** What the fallback of a pinned page needs beside. */
const fallBackLocals = (k: Kernel) =>
  ({
    newTable: k.tableOrNone,
    dstPte: k.tableOrNone,
    dstPtl: k.tableOrNone,
    /** A page for the child has been allocated, and not yet used. */
    prealloc: boolean,
  }) satisfies Record<string, Type>;

export type ForkLocals = Locals<keyof ReturnType<typeof forkLocals>>;
export type FallBackLocals = Locals<keyof ReturnType<typeof fallBackLocals>>;

/** Declares the locals of a fork; those of the fallback only where a pinned page can be met. */
export function declareForkLocals(k: Kernel) {
  const main = locals(forkLocals(k));
  const fallBack = k.shape.pinnedForks ? locals(fallBackLocals(k)) : null;
  return {
    l: main.local,
    f: fallBack?.local ?? null,
    declared: { ...main.declared, ...fallBack?.declared },
  };
}
