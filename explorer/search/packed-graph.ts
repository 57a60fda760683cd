import type { Bound, Buffers, Compiled } from '../compile/compile.ts';
import { placeIn, unpack } from '../compile/layout.ts';
import type { Configuration } from '../program/configuration.ts';
import type { Program } from '../program/program.ts';
import { HashFilter } from '../store/hash-filter.ts';
import { StateStore } from '../store/state-store.ts';
import { BATCH } from './batch.ts';
import type { GrowingGraph } from './level-graph.ts';
import type { Violations } from './violations.ts';

/** The state graph in packed words, grown by generated code. */
export class PackedGraph implements GrowingGraph {
  readonly program: Program;
  readonly compiled: Compiled;
  readonly store: StateStore;
  readonly levels: number[] = [0];
  private readonly buffers: Buffers;
  private readonly code: Bound;
  private readonly hashes: Int32Array;

  constructor(compiled: Compiled) {
    const most = BATCH * Math.max(1, compiled.widest);
    this.compiled = compiled;
    this.program = compiled.program;
    this.buffers = {
      states: new Int32Array(most * compiled.words),
      masks: new Int32Array(most * compiled.maskWords),
      moves: new Int32Array(most),
      coverage: new Uint8Array(compiled.program.branches),
    };
    this.hashes = new Int32Array(most);
    this.code = compiled.bind(this.buffers);
    this.store = new StateStore(compiled.words, this.code);
    this.store.add(compiled.initial, 0, this.code.hash(compiled.initial, 0));
  }

  get count(): number {
    return this.store.count;
  }

  get bytes(): number {
    return this.store.bytes;
  }

  get bytesAhead(): number {
    return this.store.bytesFor(this.hashes.length);
  }

  get coverage(): Uint8Array {
    return this.buffers.coverage;
  }

  endOf(level: number): number {
    return this.levels[level + 1] ?? this.store.count;
  }

  /**
   * The successors of all states of the batch are made first, then the memory that their storing needs is brought near, then
   * they are stored; breadth first allows that, depth first does not.
   */
  visit(
    from: number,
    to: number,
    length: number,
    violations: Violations,
    stuck: (state: number) => void,
  ): number {
    const { store, code, hashes } = this;
    const { states, masks } = this.buffers;
    const { words, maskWords } = this.compiled;
    let n = 0;
    for (let state = from; state < to; state++) {
      const before = n;
      n = code.expand(store.chunkOf(state), store.offsetOf(state), n);
      if (n === before) stuck(state);
    }
    for (let j = 0; j < n; j++) hashes[j] = code.hash(states, j * words);
    for (let w = 0; w < n * maskWords; w++) {
      if (masks[w] !== 0) violations.recordMask(masks[w]!, w % maskWords, length);
    }
    store.reserve(n);
    store.touch(hashes, n);
    for (let j = 0; j < n; j++) store.add(states, j * words, hashes[j]!);
    return n;
  }

  configuration(state: number): Configuration {
    const { program, layout } = this.compiled;
    return unpack(program, layout, this.store.chunkOf(state), this.store.offsetOf(state));
  }

  placeOf(state: number, thread: number): number {
    return placeIn(this.compiled.layout, thread, this.store.chunkOf(state), this.store.offsetOf(state));
  }

  isFinal(state: number): boolean {
    return this.program.threads.every((t) => t.places[this.placeOf(state, t.number)]!.final !== null);
  }

  expandOne(state: number): number {
    return this.code.expand(this.store.chunkOf(state), this.store.offsetOf(state), 0);
  }

  successor(j: number): number {
    return this.store.find(this.buffers.states, j * this.compiled.words);
  }

  filterOf(members: readonly Int32Array[]): (j: number) => boolean {
    const filter = new HashFilter(members.reduce((n, m) => n + m.length, 0));
    for (const states of members) {
      for (const state of states) {
        filter.add(this.code.hash(this.store.chunkOf(state), this.store.offsetOf(state)));
      }
    }
    const { words } = this.compiled;
    return (j) => filter.mayHave(this.code.hash(this.buffers.states, j * words));
  }

  violatesAny(j: number): boolean {
    const { maskWords } = this.compiled;
    for (let w = 0; w < maskWords; w++) if (this.buffers.masks[j * maskWords + w] !== 0) return true;
    return false;
  }

  violates(j: number, check: number): boolean {
    const word = this.buffers.masks[j * this.compiled.maskWords + Math.floor(check / 31)]!;
    return ((word >>> (check % 31)) & 1) === 1;
  }

  threadOf(j: number): number {
    return this.buffers.moves[j]! >>> 16;
  }

  eventOf(j: number): number {
    return this.buffers.moves[j]! & 0xffff;
  }
}
