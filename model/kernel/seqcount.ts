import { assert, type Effect, set } from '../language/effect.ts';
import {
  equal,
  type LocalRead,
  minus,
  modulo,
  type Operand,
  plus,
  type SharedRead,
} from '../language/expression.ts';
import type { Kernel } from './kernel.ts';

/**
 * write_protect_seq. Its two halves are a load and a store each (`s->sequence++` in include/linux/seqlock.h is neither
 * atomic nor serialised for a plain seqcount_t). Only its parity is kept where nobody reads it.
 */
export const loadSeq = (k: Kernel, mm: Operand, into: LocalRead): Effect => set(into, k.seq.at(mm));

const storeIncremented = (k: Kernel, mm: Operand, loaded: LocalRead): Effect =>
  set(k.seq.at(mm), k.shape.seqIncrements > 0 ? plus(loaded, 1) : modulo(plus(loaded, 1), 2));

/** The store of raw_write_seqcount_begin(): from here the section is open. */
export const storeSeqBegin = (k: Kernel, mm: Operand, loaded: LocalRead): Effect[] => [
  assert(
    'seqcount-one-writer',
    equal(k.sections.at(mm), 0),
    'no write section of the mm open when another begins',
    '{0} open',
    [k.sections.at(mm)],
  ),
  storeIncremented(k, mm, loaded),
  set(k.sections.at(mm), plus(k.sections.at(mm), 1)),
  ...counted(k, k.sectionsBegun.at(mm)),
];

/** GUP-fast's promise is about sections begun while it runs; nobody else needs them counted. */
const counted = (k: Kernel, begun: SharedRead): Effect[] =>
  k.gup.size > 0 ? [set(begun, plus(begun, 1))] : [];

/** The store of raw_write_seqcount_end(): with it the section is closed. */
export const storeSeqEnd = (k: Kernel, mm: Operand, loaded: LocalRead): Effect[] => [
  storeIncremented(k, mm, loaded),
  set(k.sections.at(mm), minus(k.sections.at(mm), 1)),
];

/**
 * The section of a fork is one of write_protect_seq like any other; that no successful pin overlaps it is a promise of its own,
 * and nobody but GUP-fast asks.
 */
export const storeForkSeqBegin = (k: Kernel, mm: Operand, loaded: LocalRead): Effect[] => [
  ...storeSeqBegin(k, mm, loaded),
  ...counted(k, k.forkSections.at(mm)),
  ...counted(k, k.forkSectionsBegun.at(mm)),
];

export const storeForkSeqEnd = (k: Kernel, mm: Operand, loaded: LocalRead): Effect[] => [
  ...storeSeqEnd(k, mm, loaded),
  ...(k.gup.size > 0 ? [set(k.forkSections.at(mm), minus(k.forkSections.at(mm), 1))] : []),
];
