import { DamagedFile } from '../checkpoint/sealed-file.ts';
import type { Bound, Buffers, Compiled } from '../compile/compile.ts';
import { placeIn, unpack } from '../compile/layout.ts';
import type { Configuration } from '../program/configuration.ts';
import type { Program } from '../program/program.ts';
import { HashFilter } from '../store/hash-filter.ts';
import { StateStore, type Storage } from '../store/state-store.ts';
import { BATCH, inBatches, numbers } from './batch.ts';
import type { GrowingGraph, Visited } from './level-graph.ts';
import type { Violations } from './violations.ts';

/** States that are written or read at once. */
const PIECE = 1 << 14;

/** A step from a state in packed words. */
export interface PackedStep {
  readonly thread: number;
  readonly event: number;
  /** By check. */
  readonly violates: readonly boolean[];
  readonly to: Int32Array;
}

/** The state graph in packed words, grown by generated code. */
export class PackedGraph implements GrowingGraph {
  readonly program: Program;
  readonly compiled: Compiled;
  readonly store: Storage;
  readonly levels: number[] = [0];
  protected readonly buffers: Buffers;
  protected readonly code: Bound;
  protected readonly hashes: Int32Array;

  /** `storeOf`: another way to keep the states. */
  constructor(
    compiled: Compiled,
    storeOf: (words: number, code: Bound) => Storage = (words, code) => new StateStore(words, code),
  ) {
    const most = BATCH * Math.max(1, compiled.widest);
    this.compiled = compiled;
    this.program = compiled.program;
    this.buffers = {
      states: new Int32Array(most * compiled.words),
      masks: new Int32Array(most * compiled.maskWords),
      moves: new Int32Array(most),
      renamings: new Int32Array(most),
      coverage: new Uint8Array(compiled.program.branches),
    };
    this.hashes = new Int32Array(most);
    this.code = compiled.bind(this.buffers);
    this.store = storeOf(compiled.words, this.code);
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

  visitLevel(...level: Parameters<GrowingGraph['visitLevel']>): Generator<Visited, void, void> {
    return inBatches(this, ...level);
  }

  /** Nothing more will be visited: what a search holds beside the states is given back. */
  close(): void {}

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

  /** What is to be kept of the first `count` states, `from` being the first one that is still to be visited. */
  *pieces(count: number, _from: number): Generator<Int32Array, void, void> {
    const { store } = this;
    const { words } = this.compiled;
    for (let first = 0; first < count; first += PIECE) {
      const end = Math.min(first + PIECE, count);
      const piece = new Int32Array((end - first) * words);
      for (let state = first; state < end; state++) {
        const at = store.offsetOf(state);
        piece.set(store.chunkOf(state).subarray(at, at + words), (state - first) * words);
      }
      yield piece;
    }
  }

  /** Stores what `pieces` gave. The graph is new. */
  fill(count: number, _from: number, read: (into: Int32Array) => void): void {
    const { store, code } = this;
    const { words } = this.compiled;
    for (let first = 0; first < count; first += PIECE) {
      const states = Math.min(PIECE, count - first);
      const piece = new Int32Array(states * words);
      read(piece);
      store.reserve(states);
      for (let n = 0; n < states; n++) store.add(piece, n * words, code.hash(piece, n * words));
    }
    if (store.count !== count) throw new DamagedFile('has a state twice');
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

  /**
   * The states that lie on the way to successor j, that one last, each by the one that stands for its orbit. Names of threads in
   * one of them need not be those of the one before.
   */
  chain(state: number, j: number): Int32Array[] {
    const { words } = this.compiled;
    const { states } = this.buffers;
    const way: Int32Array[] = [];
    this.code.step(this.store.chunkOf(state), this.store.offsetOf(state), 0);
    let now = states.slice(j * words, (j + 1) * words);
    for (let last = this.threadOf(j); ; last = this.threadOf(0)) {
      way.push(this.canonical(now));
      if (this.code.forced(now, 0, 0, last) === 0) return way;
      now = states.slice(0, words);
    }
  }

  /** In a graph of orbits: the stored state that stands for that of a state, -1 if there is none, and what number each thread has there. */
  orbitOf(state: Int32Array): { readonly number: number; readonly threads: readonly number[] } {
    this.buffers.states.set(state);
    const { threads } = this.compiled.reduce.symmetries![this.code.canonical(0)]!;
    return { number: this.successor(0), threads };
  }

  /** The state that stands for the orbit of a state. */
  canonical(state: Int32Array): Int32Array {
    const { states } = this.buffers;
    states.set(state);
    this.code.canonical(0);
    return states.slice(0, this.compiled.words);
  }

  /**
   * All steps from a state that need not be stored: who moves, which checks the step violates, the state after it, by the names
   * that things have in this state.
   */
  stepsFrom(state: Int32Array): readonly PackedStep[] {
    const { words } = this.compiled;
    const n = this.code.step(state, 0, 0);
    return Array.from({ length: n }, (_, j) => ({
      thread: this.threadOf(j),
      event: this.eventOf(j),
      violates: this.program.checks.map((c) => this.violates(j, c.number)),
      to: this.buffers.states.slice(j * words, (j + 1) * words),
    }));
  }

  successor(j: number): number {
    return this.store.find(this.buffers.states, j * this.compiled.words);
  }

  /** Where successor j stands in memory. */
  packed(j: number): readonly [states: Int32Array, at: number] {
    return [this.buffers.states, j * this.compiled.words];
  }

  keep(j: number): number {
    const { store, code } = this;
    const { states } = this.buffers;
    const at = j * this.compiled.words;
    store.reserve(1);
    const number = store.add(states, at, code.hash(states, at));
    return number < 0 ? -1 - number : number;
  }

  filterOf(members: readonly Int32Array[]): (j: number) => boolean {
    const filter = this.filter(members);
    const { words } = this.compiled;
    return (j) => filter.mayHave(this.code.hash(this.buffers.states, j * words));
  }

  candidates(...[from, to]: Parameters<GrowingGraph['candidates']>): Iterable<number> {
    return numbers(from, to);
  }

  protected filter(members: readonly Int32Array[]): HashFilter {
    const filter = new HashFilter(members.reduce((n, m) => n + m.length, 0));
    for (const states of members) {
      for (const state of states) {
        filter.add(this.code.hash(this.store.chunkOf(state), this.store.offsetOf(state)));
      }
    }
    return filter;
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

  threadAfter(j: number): number {
    const thread = this.threadOf(j);
    return this.compiled.reduce.symmetries?.[this.buffers.renamings[j]!]?.threads[thread] ?? thread;
  }

  eventOf(j: number): number {
    return this.buffers.moves[j]! & 0xffff;
  }
}
