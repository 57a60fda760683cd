import type { Bound, Buffers, Compiled } from '../compile/compile.ts';
import { placeIn, unpack } from '../compile/layout.ts';
import type { Configuration } from '../program/configuration.ts';
import { StateStore } from '../store/state-store.ts';

/** States whose successors are made before any of them is stored. */
export const BATCH = 256;

/** The part of the state graph that a search has stored: states by level, and code that makes successors anew. */
export class Graph {
  readonly compiled: Compiled;
  readonly buffers: Buffers;
  readonly code: Bound;
  readonly store: StateStore;
  /** Number of the first state of each level; level d ends where level d + 1 starts. */
  readonly levels: number[] = [0];

  constructor(compiled: Compiled) {
    const most = BATCH * Math.max(1, compiled.widest);
    this.compiled = compiled;
    this.buffers = {
      states: new Int32Array(most * compiled.words),
      masks: new Int32Array(most * compiled.maskWords),
      moves: new Int32Array(most),
      coverage: new Uint8Array(compiled.program.branches),
    };
    this.code = compiled.bind(this.buffers);
    this.store = new StateStore(compiled.words, this.code);
    this.store.add(compiled.initial, 0, this.code.hash(compiled.initial, 0));
  }

  /** The number after the last state of a level. */
  endOf(level: number): number {
    return this.levels[level + 1] ?? this.store.count;
  }

  configuration(state: number): Configuration {
    const { program, layout } = this.compiled;
    return unpack(program, layout, this.store.chunkOf(state), this.store.offsetOf(state));
  }

  /** Has every thread of the state ended or stopped? */
  isFinal(state: number): boolean {
    const { program, layout } = this.compiled;
    const chunk = this.store.chunkOf(state);
    const at = this.store.offsetOf(state);
    return program.threads.every((t) => t.places[placeIn(layout, t.number, chunk, at)]!.final !== null);
  }

  /** Writes the successors of one state to the start of the buffers; gives their number. */
  expandOne(state: number): number {
    return this.code.expand(this.store.chunkOf(state), this.store.offsetOf(state), 0);
  }

  /** The state that successor j in the buffers is; -1 if it is not stored. */
  successor(j: number): number {
    return this.store.find(this.buffers.states, j * this.compiled.words);
  }

  /** Did the step that made successor j violate the check? */
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
