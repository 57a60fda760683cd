import { modelDigest } from '../checkpoint/checkpoints.ts';
import { type CodeReductions, type Compiled, compile } from '../compile/compile.ts';
import type { Options, Reduction } from '../options.ts';
import type { Run } from '../outcome.ts';
import type { Program } from '../program/program.ts';
import type { Symmetry } from '../reduce/symmetry.ts';
import { BreadthFirst, type Ended } from './breadth-first.ts';
import { FingerprintGraph } from './fingerprint-graph.ts';
import { giveBack } from './give-back.ts';
import type { PackedGraph } from './packed-graph.ts';
import { runsFound } from './runs-found.ts';
import { graphFor } from './wasm-graph.ts';

/** A search that has come to its end, or to a bound. */
export interface Attempt {
  readonly compiled: Compiled;
  readonly first: BreadthFirst<PackedGraph>;
  readonly ended: Ended;
  readonly reductions: readonly Reduction[];
  /** Seconds that went into a search which was given up. */
  readonly spent: number;
  /** What that search had seen; null if there was none. */
  readonly before: Before | null;
}

/** What is known of a system, however the search after it ends. */
interface Before {
  /** A run for each violated check. */
  readonly runs: ReadonlyMap<number, Run>;
  /** One byte for each branch, 1 if it was taken. */
  readonly coverage: Uint8Array;
}

/**
 * The search, without `reach` at first: small systems are done before it pays. Only what a state count or the memory ends is begun
 * anew with it, and what was seen until then is kept. A search that leaves checkpoints goes without it, so that there is one
 * search to go on with.
 */
export function* attempt(
  program: Program,
  wanted: readonly Reduction[],
  symmetries: readonly Symmetry[],
  options: Options,
): Generator<void, Attempt, void> {
  const run = function* (reductions: readonly Reduction[], bounded: Options) {
    const compiled = compile(program, codeFor(reductions, symmetries));
    const graph = options.fingerprints ? new FingerprintGraph(compiled) : graphFor(compiled, bounded);
    const first = new BreadthFirst<PackedGraph>(graph, bounded);
    const over = yield* keptRun(first, compiled, bounded);
    // However far such a search went, it may have taken two states for one.
    const ended: Ended = { ...over, reason: over.reason ?? (options.fingerprints ? 'fingerprints' : null) };
    return { compiled, first, ended, reductions, spent: 0, before: null };
  };
  if (!wanted.includes('reach') || options.withoutReach === 0) return yield* run(wanted, options);
  // Where time is short it had better not be spent twice.
  const most = options.timeout === Number.POSITIVE_INFINITY ? options.withoutReach : options.maxStates;
  const maxStates = Math.min(options.maxStates, most);
  const without = wanted.filter((r) => r !== 'reach');
  if (options.checkpoints) return yield* run(without, options);
  const quick = yield* quickly(() => run(without, { ...options, maxStates }), maxStates, options);
  if ('whole' in quick) return quick.whole;
  const { before, spent } = quick;
  // Both need memory.
  giveBack();
  const closer = yield* run(wanted, { ...options, timeout: options.timeout - spent * 1000 });
  return { ...closer, spent, before };
}

/**
 * The search without `reach`, or what is to be kept of it if it was too large. A generator of its own: what its frame held is out of
 * reach once it has returned.
 */
function* quickly(
  run: () => Generator<void, Attempt, void>,
  maxStates: number,
  options: Options,
): Generator<void, { readonly whole: Attempt } | { readonly before: Before; readonly spent: number }, void> {
  const quick = yield* run();
  const { first, ended } = quick;
  const large = (ended.reason === 'max-states' && maxStates < options.maxStates) || ended.reason === 'memory';
  if (!large) return { whole: quick };
  // The other may be cut before it comes so far.
  const runs = yield* runsFound(first, { ...options, shortest: false });
  return { before: { runs, coverage: first.graph.coverage.slice() }, spent: first.seconds };
}

const codeFor = (reductions: readonly Reduction[], symmetries: readonly Symmetry[]): CodeReductions => ({
  symmetries,
  slicing: reductions.includes('slicing'),
  deadLocals: reductions.includes('dead-locals'),
  partialOrder: reductions.includes('partial-order'),
  reach: reductions.includes('reach'),
  fusion: reductions.includes('fusion'),
});

/** Runs a search from where its checkpoint says, if there is one, and leaves checkpoints on its way. */
function keptRun(
  search: BreadthFirst<PackedGraph>,
  compiled: Compiled,
  options: Options,
): Generator<void, Ended, void> {
  const { checkpoints } = options;
  if (!checkpoints) return search.run();
  const { graph } = search;
  const model = modelDigest(compiled, options);
  const resumed = checkpoints.resume(model);
  if (resumed) {
    const { position, file } = resumed;
    const { read, close } = file.reader();
    graph.fill(position.states, position.levels.at(-1)!, read);
    close();
    search.restore(position);
  }
  return search.run({
    due: () => checkpoints.due,
    save: (position) =>
      checkpoints.save(model, position, graph.pieces(position.states, position.levels.at(-1)!)),
  });
}
