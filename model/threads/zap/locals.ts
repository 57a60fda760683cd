import type { Kernel } from '../../kernel/kernel.ts';
import type { LocalRead } from '../../language/expression.ts';
import { boolean, locals, type Type } from '../../language/variable.ts';
import { type BreakLocals, breakLocals } from '../break/locals.ts';

/** The locals of zapping and freeing: those of zap_pte_range() and what its mmu_gather has batched. */
export interface ZapLocals {
  readonly seen: LocalRead;
  readonly pte: LocalRead;
  readonly ptl: LocalRead;
  readonly zapPage: LocalRead;
  /** ZAP_PTE_IS_SHARED. */
  readonly shared: LocalRead;
  /** The gather has recorded something that a flush must cover: cleared_ptes, freed_tables. */
  readonly flushDue: LocalRead;
  /** A page whose reference the gather will put, by slot and entry. */
  readonly batched: (slot: number, entry: number) => LocalRead;
  /** A table that the gather will free: one that zap took from the slot, one that free_pgtables() took from it. */
  readonly gathered: (slot: number, by: Taker) => LocalRead;
  /** Such a table after call_rcu(), and whether a GUP-fast walk was inside then. */
  readonly queued: (slot: number, by: Taker) => LocalRead;
  readonly inside: (slot: number, by: Taker, gup: number) => LocalRead;
  /** Those of a break that is done on the way; null for a path that never breaks. */
  readonly broken: BreakLocals | null;
  /** Such a break failed, and the path went on. */
  readonly wentOn: LocalRead;
}

export type Taker = 'zap' | 'free';
export const takers: readonly Taker[] = ['zap', 'free'];

/** Whether the free of a table may have to wait for a GUP-fast walk that has interrupts off. */
export const waitsForGup = (k: Kernel): boolean => k.shape.rcuTableFree && k.gup.size > 0;

/** What a path needs of them: the slots that it may come to, and whether it may break. */
export interface ZapNeeds {
  readonly slots: readonly number[];
  readonly breaks: boolean;
}

/** Declares the locals; there is room in the gather for every entry of every slot. */
export function zapLocals(k: Kernel, { slots, breaks }: ZapNeeds) {
  const types: Record<string, Type> = {
    ...(breaks ? breakLocals(k) : {}),
    seen: k.tableOrNone,
    pte: k.tableOrNone,
    ptl: k.tableOrNone,
    zapPage: k.pageOrNone,
    shared: boolean,
    flushDue: boolean,
    wentOn: boolean,
  };
  const batchName = (slot: number, entry: number): string => `batched_${slot}_${entry}`;
  const tableName = (slot: number, by: Taker): string => `gathered_${by}_${slot}`;
  const queueName = (slot: number, by: Taker): string => `queued_${by}_${slot}`;
  const insideName = (slot: number, by: Taker, gup: number): string => `inside_${by}_${slot}_${gup}`;
  for (const s of slots) {
    for (let e = 0; e < k.shape.entries; e++) types[batchName(s, e)] = k.pageOrNone;
    for (const by of takers) {
      types[tableName(s, by)] = k.tableOrNone;
      if (!waitsForGup(k)) continue;
      types[queueName(s, by)] = k.tableOrNone;
      for (let g = 0; g < k.gup.size; g++) types[insideName(s, by, g)] = boolean;
    }
  }
  const { local, declared } = locals(types);
  const of = (name: string): LocalRead => local[name] as LocalRead;
  const zap: ZapLocals = {
    seen: of('seen'),
    pte: of('pte'),
    ptl: of('ptl'),
    zapPage: of('zapPage'),
    shared: of('shared'),
    flushDue: of('flushDue'),
    batched: (slot, entry) => of(batchName(slot, entry)),
    gathered: (slot, by) => of(tableName(slot, by)),
    queued: (slot, by) => of(queueName(slot, by)),
    inside: (slot, by, gup) => of(insideName(slot, by, gup)),
    wentOn: of('wentOn'),
    broken: breaks ? (local as unknown as BreakLocals) : null,
  };
  return { zap, declared };
}
