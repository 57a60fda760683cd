import { totalmem } from 'node:os';
import { constrainedMemory } from 'node:process';
import type { Checkpoints } from './checkpoint/checkpoints.ts';

/** Ways to visit fewer states, in the order in which they are named. They change counts and no verdict. */
export const REDUCTIONS = ['slicing', 'dead-locals', 'partial-order', 'reach', 'fusion', 'symmetry'] as const;
export type Reduction = (typeof REDUCTIONS)[number];

/** What runs the generated code: JavaScript, WebAssembly, or the one and then the other. They change no result. */
export type CodeEngine = 'auto' | 'js' | 'wasm';

/** How a search is bounded and told. */
export interface Options {
  /** Most states to store. Default: no bound. */
  readonly maxStates: number;
  /** Most steps of a run. Default: no bound. */
  readonly maxDepth: number;
  /**
   * Most switches of a run from one thread to another. With a bound the search goes by switches: violations have a run with the
   * fewest, and partial order, fusion and symmetry are off. Default: no bound.
   */
  readonly maxSwitches: number;
  /** Keep 64-bit fingerprints of the states instead of the states: nothing is then said to hold. Default: false. */
  readonly fingerprints: boolean;
  /** Random walks to take instead of a search; 0 for a search. Default: 0. */
  readonly sample: number;
  /** From which the walks follow, 0 to 2^32 - 1. Default: 0. */
  readonly seed: number;
  /** Bytes that the search may use. Default: 70 % of the memory that the machine or the container allows; 90 % at most. */
  readonly memory: number;
  /** Milliseconds after which the search ends at the next batch. Default: no bound. */
  readonly timeout: number;
  /** `none` for exact counts of the system as written, `all` for every reduction that the search allows. Default: all. */
  readonly reduce: 'all' | 'none';
  /** Instead of `reduce`: these and no others. Default: what `reduce` says. */
  readonly reductions: readonly Reduction[];
  /**
   * States with which a search with partial order may come to its end without the reduction `reach`, which costs more time for
   * each state; then, or when the memory does not suffice, it begins anew with it. 0: it begins with it. Where there is a bound on time
   * states do not end it. Default: 20 million.
   */
  readonly withoutReach: number;
  /** End at the first level on which any check is violated. Default: false. */
  readonly first: boolean;
  /**
   * Look for shortest runs after a search with reductions, by a search without them. Else the run that the reduced search found is
   * shown, without the steps that its last one does not depend on. Default: true.
   */
  readonly shortest: boolean;
  /** Default: `auto`, WebAssembly once there are some hundred thousand states. */
  readonly engine: CodeEngine;
  /** Where the search leaves what it needs to go on, and goes on from. For searches by levels only. Default: nowhere. */
  readonly checkpoints: Checkpoints | null;
  /** Threads that search together; they change no result. Null: one, and more on large searches. Default: null. */
  readonly threads: number | null;
  /** Told now and then, about once a second. Default: nobody. */
  readonly progress: (progress: Progress) => void;
  /** Ends the search at the next batch when aborted. Default: never. */
  readonly signal: Pick<AbortSignal, 'aborted'> | null;
}

export interface Progress {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** States stored and not yet expanded. */
  readonly queue: number;
  /** Branches taken so far. */
  readonly branches: number;
  readonly bytes: number;
  readonly seconds: number;
}

const MEMORY_SHARE = 0.7;
/** Whatever is asked for: the program needs some as well, and whoever takes more is ended by the system. */
const MOST_SHARE = 0.9;

/** What a container or the machine allows this process. */
function allowedMemory(): number {
  const limit = constrainedMemory?.() ?? 0;
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}

/** Fills in the defaults. */
export function withDefaults(options: Partial<Options> = {}): Options {
  const allowed = allowedMemory();
  return {
    maxStates: options.maxStates ?? Number.POSITIVE_INFINITY,
    maxDepth: options.maxDepth ?? Number.POSITIVE_INFINITY,
    maxSwitches: options.maxSwitches ?? Number.POSITIVE_INFINITY,
    fingerprints: options.fingerprints ?? false,
    sample: options.sample ?? 0,
    seed: options.seed ?? 0,
    memory: Math.floor(Math.min(options.memory ?? MEMORY_SHARE * allowed, MOST_SHARE * allowed)),
    timeout: options.timeout ?? Number.POSITIVE_INFINITY,
    reduce: options.reduce ?? 'all',
    reductions: options.reductions ?? (options.reduce === 'none' ? [] : REDUCTIONS),
    withoutReach: options.withoutReach ?? 20_000_000,
    first: options.first ?? false,
    shortest: options.shortest ?? true,
    engine: options.engine ?? 'auto',
    checkpoints: options.checkpoints ?? null,
    threads: options.threads ?? null,
    progress: options.progress ?? (() => {}),
    signal: options.signal ?? null,
  };
}
