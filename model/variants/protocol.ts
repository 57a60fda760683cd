import type { Path } from '../kernel/path.ts';
import type { Operand } from '../language/expression.ts';
import type { Fragment } from '../language/machine.ts';
import type { ZapText } from '../threads/zap/text.ts';

/** A protocol: the patch as posted, or with edits. Every difference between two protocols is a field of `edits`. */
export interface Protocol {
  readonly name: string;
  /** What it is, in one line. */
  readonly about: string;
  readonly edits: Edits;
}

/** What a hook may ask of the fault or walk that it stands in: its flags, and whether the vma has vm_ops. */
export interface FaultOfHook {
  readonly flags: number;
  readonly hasOps: boolean;
}

/** The functions of a break that was translated from C: each is a fragment for the thread of a path. */
export interface BreakText {
  readonly handler: (path: Path) => Fragment<'done' | 'failed'>;
  readonly breakCowPte: (path: Path) => Fragment<'done' | 'failed'>;
  readonly breakCowPteRange: (path: Path) => Fragment<'done' | 'failed'>;
  /**
   * What the text does in a function that calls the break: goes on, goes on though the break failed, or leaves. Null if the text does
   * not show the functions that call it.
   */
  readonly hook: (
    name:
      | '__handle_mm_fault'
      | 'handle_pte_fault'
      | 'insert_page'
      | 'insert_pfn'
      | 'remap_pfn_range_notrack'
      | '__split_vma'
      | 'move_page_tables'
      | 'unuse_pmd_range'
      | 'page_vma_mapped_walk',
    path: Path,
    fault: FaultOfHook | null,
  ) => Fragment<'done' | 'dropped' | 'left'> | null;
}

/** Which vma of a slot a fork copies: the only one, or a piece of one that was cut. */
export type VmaPart = 'whole' | 'first' | 'second';

/** What the text adds to fork. */
export interface ForkText {
  /**
   * What it adds to copy_pmd_range() for one slot that is a table or empty: the slot is done; the ordinary copy comes next, where the
   * model has it (`copiesRest`); or fork fails.
   */
  readonly copyPmdRange: (
    path: Path & { readonly child: Operand },
    vma: { readonly part: VmaPart; readonly copiesRest: boolean },
  ) => Fragment<'next' | 'rest' | 'failed'>;
}

/** The edits that a protocol makes to the break of v5. The defaults are v5 as posted. */
export interface Edits {
  /** Whose break and zap: those of version 5 of the patch, or of version 4. Default 'v5'. */
  readonly break: 'v5' | 'v4';
  /** Test the count a second time, after the allocation and under the lock. Default true. */
  readonly recheck: boolean;
  /** Empty the slot just before the copy; the comparison then expects it empty. Default false. */
  readonly clearSlotFirst: boolean;
  /** Install the new table before the copy and drop the comparison. Default false. */
  readonly installBeforeCopy: boolean;
  /** Where the reference to the old table is put. Default 'under-lock'. */
  readonly put: 'under-lock' | 'after-unlock' | 'before-lock';
  /** Whether the put stands outside its VM_WARN_ON and so is always done. Default false. */
  readonly putOutsideWarning: boolean;
  /** Flush before the unlock, in the break and in zap. Default false. */
  readonly flushInLock: boolean;
  /** One lock for all tables. Default false. */
  readonly globalPtl: boolean;
  /** After each lock read the slot again; empty or another lock: unlock and start over. Default false. */
  readonly revalidateLock: boolean;
  /**
   * Wherever a pte lock is taken through a slot, the slot is read once, under the pmd lock; whoever changes a slot holds the pmd
   * lock as well as the pte lock. Default false.
   */
  readonly slotUnderPmdLock: boolean;
  /** A lock in the table's page also where PTE locks are not split. Default false. */
  readonly tableLock: boolean;
  /** The number of sharers is a counter of its own, not the page's reference count. Default false. */
  readonly shareCount: boolean;
  /** Every fault breaks before it does anything else, and gives up if that fails. Default false. */
  readonly everyFaultBreaks: boolean;
  /**
   * Zap decides about a COW-ed slot and gives it up in one critical section, only for a vma that goes away whole; any other zap
   * breaks first, and gives up if that fails. Default false.
   */
  readonly zapInOneSection: boolean;
  /** Fork takes the entries, the reference and both slots in one critical section. Default false. */
  readonly forkInOneSection: boolean;
  /** mremap breaks both slots and ends if that fails. Default false. */
  readonly mremapBreaksBoth: boolean;
  /** A reverse-map walk that broke looks at the slot again under the lock. Default false. */
  readonly rmapLooksAgain: boolean;
  /** The section of write_protect_seq: as posted, serialised by a mutex of the mm, or none. Default 'plain'. */
  readonly seqcount: 'plain' | 'serialised' | 'none';
  /** The break as the text of a patch says it, instead of the hand-written one. Default: none. */
  readonly text?: BreakText;
  /** What the text of a patch adds to fork, instead of the hand-written one. Default: none. */
  readonly forkText?: ForkText;
  /** What the text of a patch adds to zap, instead of the hand-written one. Default: none. */
  readonly zapText?: ZapText;
  /** An unused new table is not freed when the break ends. A mutant's mistake. Default false. */
  readonly leakNewTable: boolean;
  /** The lock of the old table is kept over the allocation. A mutant's mistake. Default false. */
  readonly allocateUnderLock: boolean;
}

/** The break as posted. */
export const asPosted: Edits = {
  break: 'v5',
  recheck: true,
  clearSlotFirst: false,
  installBeforeCopy: false,
  put: 'under-lock',
  putOutsideWarning: false,
  flushInLock: false,
  globalPtl: false,
  revalidateLock: false,
  slotUnderPmdLock: false,
  tableLock: false,
  shareCount: false,
  everyFaultBreaks: false,
  zapInOneSection: false,
  forkInOneSection: false,
  mremapBreaksBoth: false,
  rmapLooksAgain: false,
  seqcount: 'plain',
  leakNewTable: false,
  allocateUnderLock: false,
};
