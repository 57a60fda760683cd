import { availableParallelism, loadavg } from 'node:os';
import type { Bound, Compiled } from '../compile/compile.ts';
import type { Options } from '../options.ts';
import { Crew } from '../parallel/crew.ts';
import { asksForCycles } from '../reduce/applicable.ts';
import { MovingStore } from '../store/moving-store.ts';
import { StateStore } from '../store/state-store.ts';
import { ShardedStore } from '../wasm/sharded-store.ts';
import { MOST_SHARDS, type WasmProgram, wasmProgram } from '../wasm/wasm-program.ts';
import type { WasmShard } from '../wasm/wasm-shard.ts';
import { BATCH, inBatches } from './batch.ts';
import type { GrowingGraph, Visited } from './level-graph.ts';
import { isOutOfMemory } from './out-of-memory.ts';
import { PackedGraph } from './packed-graph.ts';
import type { Violations } from './violations.ts';

/** States from which on the translation to WebAssembly, some tenths of a second, pays. */
const LARGE = 200_000;
/** States from which on further threads pay. */
const CROWD = 1_000_000;
/** Threads that are taken if nobody says how many. */
const MOST_THREADS = 4;
/** A level has rarely more than so many times the states of the one before. */
const GROWTH = 4;

/** How a graph is grown. */
export interface Means {
  /** States that are stored before WebAssembly takes over. */
  readonly large: number;
  /** Bytes for states in each memory. Default: what WebAssembly can address. */
  readonly room?: number;
  /** Bytes for all states in all memories. Default: no bound. */
  readonly memory?: number;
  /** Threads, and states that are stored before there are more than one: then it is asked how many. Default: one. */
  readonly threads?: () => number;
  readonly crowd?: number;
}

/**
 * The graph that a search with these options grows. Where cycles are asked for there is one thread: which of several fair cycles
 * is shown depends on how the states are numbered.
 */
export function graphFor(
  compiled: Compiled,
  { engine, threads, memory }: Pick<Options, 'engine' | 'threads' | 'memory'>,
): PackedGraph {
  if (engine === 'js') return new PackedGraph(compiled);
  const one = threads === 1 || asksForCycles(compiled.program);
  const large = engine === 'wasm' ? 0 : LARGE;
  if (one) return new WasmGraph(compiled, { large, memory });
  if (threads !== null)
    return new WasmGraph(compiled, { large: 0, memory, crowd: 0, threads: () => threads });
  return new WasmGraph(compiled, { large, memory, crowd: CROWD, threads: idleCores });
}

/** Cores that nobody uses, and that of this thread: threads that have to wait for a core hold each other up. */
function idleCores(): number {
  const others = Math.max(0, loadavg()[0]! - 1);
  return Math.max(1, Math.min(MOST_THREADS, Math.floor(availableParallelism() - others)));
}

/**
 * A graph in packed words that is carried over into WebAssembly once it is large. What is asked of single states is
 * answered by generated JavaScript all the same, which reads them where they are.
 */
export class WasmGraph extends PackedGraph {
  private readonly means: Means;
  private readonly moving: MovingStore;
  private readonly covered: Uint8Array;
  private readonly hash: Bound['hash'];
  private crew: Crew | null = null;
  /** Was a memory asked for in vain? */
  private denied = false;
  /** Null until it was asked for. */
  private threads: number | null = null;
  private wasm: { readonly program: WasmProgram; readonly store: ShardedStore } | null = null;

  constructor(compiled: Compiled, means: Means) {
    const place: { moving?: MovingStore; code?: Bound } = {};
    super(compiled, (words, code) => {
      place.code = code;
      place.moving = new MovingStore(new StateStore(words, code));
      return place.moving;
    });
    this.means = means;
    this.moving = place.moving!;
    this.hash = place.code!.hash;
    this.covered = this.buffers.coverage;
  }

  /** Memories among which the states are dealt; 0 before WebAssembly took over. */
  get shards(): number {
    return this.wasm?.store.shards.length ?? 0;
  }

  override *visitLevel(
    ...[from, to, length, violations, stuck]: Parameters<GrowingGraph['visitLevel']>
  ): Generator<Visited, void, void> {
    yield* this.prepare(to - from);
    if (!this.wasm) {
      yield* inBatches(this, from, to, length, violations, stuck);
      return;
    }
    const { store } = this.wasm;
    const began = store.numbering.last;
    const ends = store.counts();
    store.numbering.begin(ends);
    if (this.crew) {
      yield* this.together(this.crew, store, began, ends, length, violations, stuck);
      return;
    }
    for (const number of store.shards.keys()) {
      for (let at = began[number]!; at < ends[number]!; at += BATCH) {
        const end = Math.min(at + BATCH, ends[number]!);
        yield { expanded: end - at, successors: this.visitBatch(number, at, end, length, violations, stuck) };
      }
    }
  }

  /** Changes the means if the graph has become too large for those at hand. */
  private *prepare(width: number): Generator<Visited, void, void> {
    if (this.denied) return;
    const { large, crowd = 0 } = this.means;
    if (this.threads === null && this.count >= crowd) {
      this.threads = Math.min(this.means.threads?.() ?? 1, MOST_SHARDS);
    }
    if (this.threads !== null && this.threads > 1 && this.shards < 2) {
      yield* this.gather(this.threads);
    } else if (!this.wasm) {
      if (this.count >= large) this.move(1);
    } else if (!this.hasRoom(width) && this.mayCopy()) {
      this.close();
      this.move(this.shards * 2);
    }
  }

  /** From now on several threads search together, or one if they cannot begin. */
  private *gather(threads: number): Generator<Visited, void, void> {
    this.move(threads);
    if (this.shards !== threads) return;
    const { program, store } = this.wasm!;
    this.crew = new Crew(program, store, this.compiled.sites);
    while (!this.crew.ready && !this.crew.failed) {
      this.crew.wait();
      yield { expanded: 0, successors: 0 };
    }
    if (this.crew.failed) this.close();
  }

  /** One level by several threads. */
  private *together(
    crew: Crew,
    store: ShardedStore,
    began: readonly number[],
    ends: readonly number[],
    length: number,
    violations: Violations,
    stuck: (state: number) => void,
  ): Generator<Visited, void, void> {
    const level = crew.visitLevel(began, ends);
    try {
      for (;;) {
        const turn = level.next();
        if (turn.done) {
          for (const [number, share] of turn.value.entries()) {
            share.violated.forEach((mask, n) => {
              violations.recordMask(mask, n, length);
            });
            for (const state of share.idle) stuck(store.numbering.numberOf(number, state, store.counts));
            this.cover(store.shards[number]!);
          }
          const all = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
          const successors = turn.value.reduce((n, s) => n + s.successors, 0);
          yield { expanded: all(ends) - all(began) - (ends[0]! - began[0]!), successors };
          return;
        }
        yield { expanded: turn.value, successors: 0 };
      }
    } finally {
      level.return([]);
    }
  }

  override *candidates(
    ...[from, to, members, violating]: Parameters<PackedGraph['candidates']>
  ): Generator<number, void, void> {
    if (!this.wasm) {
      yield* super.candidates(from, to, members, violating);
      return;
    }
    const { shards, numbering, counts } = this.wasm.store;
    const level = numbering.levelFrom(from, counts);
    const filter = this.filter(members);
    for (const [number, shard] of shards.entries()) {
      const first = level.from[number]!;
      const before = numbering.numberOf(number, first, counts) - first;
      for (const state of shard.scan(first, level.to[number]!, filter, violating)) yield before + state;
    }
  }

  override close(): void {
    this.crew?.dismiss();
    this.crew = null;
  }

  private visitBatch(
    number: number,
    from: number,
    to: number,
    length: number,
    violations: Violations,
    stuck: (state: number) => void,
  ): number {
    const { store } = this.wasm!;
    const shard = store.shards[number]!;
    const single = store.shards.length === 1;
    const n = single ? shard.visit(from, to) : shard.scatter(from, to, 0);
    const idle = [...shard.idle];
    if (!single) store.fetch(shard, 0);
    this.note(shard, length, violations);
    for (const state of idle) stuck(single ? state : store.numbering.numberOf(number, state, store.counts));
    return n;
  }

  private note(shard: WasmShard, length: number, violations: Violations): void {
    shard.violated.forEach((mask, n) => {
      violations.recordMask(mask, n, length);
    });
    this.cover(shard);
  }

  private cover(shard: WasmShard): void {
    shard.coverage.forEach((taken, branch) => {
      this.covered[branch]! |= taken;
    });
  }

  /** Is there room for the next level, as far as can be said? */
  private hasRoom(width: number): boolean {
    return this.wasm!.store.bytesFor(width * GROWTH + this.wasm!.program.most) < Number.POSITIVE_INFINITY;
  }

  /** May the states stand twice in memory for a moment? */
  private mayCopy(): boolean {
    return 2 * this.bytes <= (this.means.memory ?? Number.POSITIVE_INFINITY);
  }

  private move(shards: number): void {
    if (shards > MOST_SHARDS) return;
    const { compiled } = this;
    try {
      const program = this.wasm?.program ?? wasmProgram(compiled, BATCH, this.means.room);
      const store = new ShardedStore(program, compiled.checks, this.hash, shards);
      store.fill(this.moving, this.levels.slice(0, -1));
      this.moving.moveTo(store);
      this.wasm = { program, store };
    } catch (error) {
      // A memory takes a part of the address space that the machine may not grant; then all stays as it is.
      if (!isOutOfMemory(error)) throw error;
      this.denied = true;
    }
  }
}
