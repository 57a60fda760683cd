import { type Effect, set, when } from '../language/effect.ts';
import { all, type Expression, equal, implies, NONE, not, type Operand } from '../language/expression.ts';
import { flushData } from './data.ts';
import type { Kernel } from './kernel.ts';

/**
 * A flush of an mm: every processor that runs it drops its cached slot. It waits for the processors of the mm that have
 * interrupts off (arch/x86/mm/tlb.c flush_tlb_mm_range() sends an IPI to each and waits for all): this is its guard.
 */
export const flushCanEnd = (k: Kernel, mm: Operand): Expression =>
  all(k.shape.gups.map((g, i) => implies(equal(mm, g.mm), not(k.irqsOff.at(i)))));

/** What a flush of the mm does. */
export const flushMm = (k: Kernel, mm: Operand): readonly Effect[] => [
  ...k.shape.cpus.flatMap((c, i) => when(equal(mm, c.mm), [set(k.tlb.at(i), NONE)])),
  ...flushData(k, mm),
];
