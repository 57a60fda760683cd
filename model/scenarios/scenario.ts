/** Who runs together, in which configuration. The resolved form of a scenario file: nothing is left out. */
export interface Scenario {
  readonly name: string;
  /** What the scenario is for, in one line; empty for a file of a user's own. */
  readonly about: string;
  readonly mms: readonly Mm[];
  readonly threads: readonly ThreadOfScenario[];
  readonly config: Configuration;
}

export interface Mm {
  readonly name: string;
  /** False for an mm that exists but does not share yet (a fork's child). */
  readonly member: boolean;
  /** What each of its slots holds at the start. */
  readonly slots: readonly SlotContent[];
}

/** `shared`: on one table with every other mm whose same slot says so, W=0. `private`: a table of its own, W=1. */
export type SlotContent = 'shared' | 'private' | 'none' | 'huge' | 'devmap' | 'swap';

export interface ThreadOfScenario {
  readonly mm: string;
  readonly run: PathName;
  /** `own`: starts once the tasks of its mm have ended. `fork`: starts after the fork into its mm. */
  readonly after: 'own' | 'fork' | null;
  readonly slot: number;
  /** The one entry that the path touches, where a path can be narrowed to one; null for its default. */
  readonly entry: number | null;
  /** The destination slot of an mremap. */
  readonly to: number | null;
}

export interface Configuration {
  /** CONFIG_DEBUG_VM: without it a VM_WARN_ON does not evaluate its argument. Default true. */
  readonly debugVm: boolean;
  /** Split PTE locks (NR_CPUS >= 4): the lock lives in the table's page; else one lock per mm. Default true. */
  readonly splitPtlocks: boolean;
  /** Page tables are freed after an RCU grace period. Default false. */
  readonly rcuTableFree: boolean;
  /** How many allocations may fail in a run, at any place. 0 to 8. Default 0. */
  readonly allocFailures: number;
  /** Mapped anonymous pages, read-only, per table at the start. 1 to 4. Default 1. */
  readonly entries: number;
  /** Slots (PMD entries of 2 MiB) per mm. 1 to 2. Default 1. */
  readonly slots: number;
  /** The memory model; only sequential consistency is known. */
  readonly memory: 'sc';
}

/** Paths of the kernel that a thread can run. Kept in the order of the help. */
export const pathNames = [
  'write-fault',
  'break-only',
  'read-fault-anon',
  'read-fault-file',
  'unshare-fault',
  'swap-fault',
  'numa-fault',
  'exit',
  'munmap',
  'madvise-dontneed',
  'truncate',
  'fork',
  'fork-wrprotect-first',
  'gup-fast',
  'gup-slow',
  'rmap-walk',
  'rmap-break',
  'cpu',
  'mremap',
  'split-vma',
  'swapoff',
  'insert-page',
  'insert-pfn',
  'remap-pfn',
  'break-range',
  'speculative-ref',
] as const;
export type PathName = (typeof pathNames)[number];
