import type { Kernel } from '../../kernel/kernel.ts';
import type { LocalRead } from '../../language/expression.ts';
import { boolean, locals, type Type } from '../../language/variable.ts';

/** The locals of zapping and freeing: those of zap_pte_range() and what its mmu_gather has batched. */
export interface ZapLocals {
  readonly seen: LocalRead;
  readonly pte: LocalRead;
  readonly ptl: LocalRead;
  readonly zapPage: LocalRead;
  /** ZAP_PTE_IS_SHARED. */
  readonly shared: LocalRead;
  /** Pages whose references the gather will put, by slot and entry. */
  readonly batched: readonly (readonly LocalRead[])[];
  /** Tables that the gather will free, by slot. */
  readonly gathered: readonly LocalRead[];
}

/** Declares the locals; there is room in the gather for every entry of every slot of the mm. */
export function zapLocals(k: Kernel) {
  const types: Record<string, Type> = {
    seen: k.tableOrNone,
    pte: k.tableOrNone,
    ptl: k.tableOrNone,
    zapPage: k.pageOrNone,
    shared: boolean,
  };
  const batchName = (slot: number, entry: number): string => `batched_${slot}_${entry}`;
  const tableName = (slot: number): string => `gathered_${slot}`;
  for (let s = 0; s < k.shape.slots; s++) {
    types[tableName(s)] = k.tableOrNone;
    for (let e = 0; e < k.shape.entries; e++) types[batchName(s, e)] = k.pageOrNone;
  }
  const { local, declared } = locals(types);
  const of = (name: string): LocalRead => local[name] as LocalRead;
  const zap: ZapLocals = {
    seen: of('seen'),
    pte: of('pte'),
    ptl: of('ptl'),
    zapPage: of('zapPage'),
    shared: of('shared'),
    batched: Array.from({ length: k.shape.slots }, (_, s) =>
      Array.from({ length: k.shape.entries }, (__, e) => of(batchName(s, e))),
    ),
    gathered: Array.from({ length: k.shape.slots }, (_, s) => of(tableName(s))),
  };
  return { zap, declared };
}
