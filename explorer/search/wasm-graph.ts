import type { Bound, Compiled } from '../compile/compile.ts';
import type { Options } from '../options.ts';
import { MovingStore } from '../store/moving-store.ts';
import { StateStore } from '../store/state-store.ts';
import { ShardedStore } from '../wasm/sharded-store.ts';
import { MOST_SHARDS, type WasmProgram, wasmProgram } from '../wasm/wasm-program.ts';
import type { WasmShard } from '../wasm/wasm-shard.ts';
import { BATCH, inBatches } from './batch.ts';
import type { GrowingGraph, Visited } from './level-graph.ts';
import { PackedGraph } from './packed-graph.ts';
import type { Violations } from './violations.ts';

/** States from which on the translation to WebAssembly, some tenths of a second, pays. */
const LARGE = 100_000;
/** A level has rarely more than so many times the states of the one before. */
const GROWTH = 4;

/** How a graph is grown. */
export interface Means {
  /** States that are stored before WebAssembly takes over. */
  readonly large: number;
  /** Bytes for states in each memory. Default: what WebAssembly can address. */
  readonly room?: number;
}

/** The graph that a search with these options grows. */
export const graphFor = (compiled: Compiled, { engine }: Pick<Options, 'engine'>): PackedGraph =>
  engine === 'js'
    ? new PackedGraph(compiled)
    : new WasmGraph(compiled, { large: engine === 'wasm' ? 0 : LARGE });

/**
 * A graph in packed words that is carried over into WebAssembly once it is large. What is asked of single states is
 * answered by generated JavaScript all the same, which reads them where they are.
 */
export class WasmGraph extends PackedGraph {
  private readonly means: Means;
  private readonly moving: MovingStore;
  private readonly covered: Uint8Array;
  private readonly hash: Bound['hash'];
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
    if (!this.wasm && this.count >= this.means.large) this.move(1);
    else if (this.wasm && !this.hasRoom(to - from)) this.move(this.wasm.store.shards.length * 2);
    if (!this.wasm) {
      yield* inBatches(this, from, to, length, violations, stuck);
      return;
    }
    const { store } = this.wasm;
    const began = store.numbering.last;
    const ends = store.counts;
    store.numbering.begin(ends);
    for (const number of store.shards.keys()) {
      for (let at = began[number]!; at < ends[number]!; at += BATCH) {
        const end = Math.min(at + BATCH, ends[number]!);
        yield { expanded: end - at, successors: this.visitBatch(number, at, end, length, violations, stuck) };
      }
    }
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
    shard.coverage.forEach((taken, branch) => {
      this.covered[branch]! |= taken;
    });
  }

  /** Is there room for the next level, as far as can be said? */
  private hasRoom(width: number): boolean {
    return this.wasm!.store.bytesFor(width * GROWTH + this.wasm!.program.most) < Number.POSITIVE_INFINITY;
  }

  private move(shards: number): void {
    if (shards > MOST_SHARDS) return;
    const { compiled } = this;
    const program = this.wasm?.program ?? wasmProgram(compiled, BATCH, this.means.room);
    const store = new ShardedStore(program, compiled.checks, this.hash, shards);
    store.fill(this.moving, this.levels.slice(0, -1));
    this.moving.moveTo(store);
    this.wasm = { program, store };
  }
}
