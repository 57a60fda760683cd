import type { Compiled } from '../compile/compile.ts';
import { FingerprintStore } from '../store/fingerprint-store.ts';
import { inBatches } from './batch.ts';
import type { GrowingGraph, Visited } from './level-graph.ts';
import { PackedGraph } from './packed-graph.ts';
import type { Violations } from './violations.ts';

/** A state graph of which only the fingerprints are kept, and the states of the level that is being visited and the next. */
export class FingerprintGraph extends PackedGraph {
  declare readonly store: FingerprintStore;
  /** The state from which each successor of a batch comes. */
  private readonly sources: Int32Array;

  constructor(compiled: Compiled) {
    super(compiled, (words, code) => new FingerprintStore(words, code));
    this.sources = new Int32Array(this.hashes.length);
  }

  override visitLevel(...level: Parameters<GrowingGraph['visitLevel']>): Generator<Visited, void, void> {
    this.store.free(level[0]);
    return inBatches(this, ...level);
  }

  override pieces(count: number, from: number): Generator<Int32Array, void, void> {
    return this.store.pieces(count, from);
  }

  override fill(count: number, from: number, read: (into: Int32Array) => void): void {
    this.store.fill(count, from, read);
  }

  override visit(
    from: number,
    to: number,
    length: number,
    violations: Violations,
    stuck: (state: number) => void,
  ): number {
    const { store, code, hashes, sources } = this;
    const { states, masks } = this.buffers;
    const { words, maskWords } = this.compiled;
    let n = 0;
    for (let state = from; state < to; state++) {
      const before = n;
      n = code.expand(store.chunkOf(state), store.offsetOf(state), n);
      sources.fill(state, before, n);
      if (n === before) stuck(state);
    }
    for (let j = 0; j < n; j++) hashes[j] = code.hash(states, j * words);
    for (let w = 0; w < n * maskWords; w++) {
      if (masks[w] === 0) continue;
      violations.recordMask(masks[w]!, w % maskWords, length, sources[Math.floor(w / maskWords)]!);
    }
    store.reserve(n);
    store.touch(hashes, n);
    for (let j = 0; j < n; j++) {
      store.parent = sources[j]!;
      store.add(states, j * words, hashes[j]!);
    }
    return n;
  }
}
