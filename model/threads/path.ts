import type { AnyStateMachine } from 'xstate';
import type { Kernel } from '../kernel/kernel.ts';
import type { Configuration, PathName } from '../scenarios/scenario.ts';
import type { Edits } from '../variants/protocol.ts';

/** What the machine of a thread may depend on beside the kernel and the protocol: keys of its thread in the scenario. */
export interface PathOptions {
  readonly after: 'own' | 'fork' | null;
  /** The scenario names one entry for this thread. */
  readonly narrowed: boolean;
  /** The scenario names a destination slot. */
  readonly to: number | null;
  readonly slot: number;
  readonly entry: number | null;
  /** Some path of the scenario cuts a vma in pieces, so that none covers its 2 MiB. */
  readonly vmasAreSplit: boolean;
  /** Some path of the scenario pins pages with GUP-fast. */
  readonly pagesArePinned: boolean;
}

/** A path of the kernel that a thread can run, and what a scenario has to set up for it. */
export interface KernelPath {
  readonly name: PathName;
  readonly build: (k: Kernel, edits: Edits, options: PathOptions) => AnyStateMachine;
  /** Tables it may hold or have published at once. */
  readonly tables: (config: Configuration, options: PathOptions) => number;
  /** The page that it may put into an entry: one of its own, or one that all threads of the path share. */
  readonly page: 'own' | 'file' | 'inserted' | 'pfn' | null;
  /** It may map the zero page. */
  readonly mapsZeroPage?: boolean;
  /** An entry that the path needs, of a kind that the scenario's mapped entries are not; the path then works on it. */
  readonly needsEntry: 'hole' | 'swap' | 'protnone' | null;
  /** Stores to write_protect_seq that it may make. */
  readonly seqIncrements: (config: Configuration, options: PathOptions) => number;
  readonly party: 'cpu' | 'gup' | null;
  /** It reads an entry for its mm, and what it finds there is judged. */
  readonly readsData?: boolean;
  /** A task of its mm: the mm cannot exit before it has ended. */
  readonly isTask: boolean;
  /** Not a task of its mm, but it holds mm_users: the mm cannot exit meanwhile. */
  readonly holdsUsers?: boolean;
  /** It may raise the count of a table for a moment. */
  readonly speculates?: boolean;
  /** What it asks to unmap, discard or move: nothing, the slots of its mm, its one slot, or the one entry named. */
  readonly requests: 'nothing' | 'all-slots' | 'slot-or-entry';
  /** It takes a vma away, or cuts one in pieces: always, or where its request is narrowed to one entry. */
  readonly unmaps?: boolean;
  readonly splitsVma?: 'always' | 'if-narrowed';
  /** It makes the thread's child a member of the family. */
  readonly forks?: boolean;
  /** It moves a table, or entries, from one slot to another. */
  readonly moves?: boolean;
  /** It works on a mapping of a file. */
  readonly fileVma?: boolean;
  /** Its mm does not exist any more at the end. */
  readonly exits: boolean;
}

/** What most paths are. */
export const ordinary = {
  tables: () => 0,
  page: null,
  needsEntry: null,
  seqIncrements: () => 0,
  party: null,
  isTask: true,
  requests: 'nothing',
  exits: false,
} as const;

/** One break begins and ends one section: two stores; break_cow_pte() may do it twice. */
export const oneBreak = (): number => 2;
export const breakWithRetry = (): number => 4;
