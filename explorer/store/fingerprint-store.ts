import type { Bound } from '../compile/compile.ts';
import { secondHash } from './second-hash.ts';
import type { Storage } from './state-store.ts';

/** States a chunk. */
const CHUNK_BITS = 14;
const CHUNK = 1 << CHUNK_BITS;
const FIRST_SLOT_BITS = 12;
const MOST_FILLED = 0.6;

/**
 * The set of states visited by their fingerprints: two hashes of 32 bits (Wolper and Leroy, Reliable hashing without collision
 * detection, 1993). The states themselves are kept until they have been expanded. Of each the state that it was first reached from
 * is kept, from which runs are recovered (Stern and Dill, A new scheme for memory-efficient probabilistic verification, 1996). A slot of
 * the table is the number of a state plus 1 (0: free), chosen by the high bits of the first hash.
 */
export class FingerprintStore implements Storage {
  count = 0;
  /** The number under which states that are stored next were reached; -1 for none. */
  parent = -1;
  private readonly states: (Int32Array | undefined)[] = [];
  private readonly prints: Int32Array[] = [];
  private readonly parents: Int32Array[] = [];
  private freed = 0;
  private table = new Int32Array(1 << FIRST_SLOT_BITS);
  private slotBits = FIRST_SLOT_BITS;
  /** Kept so that V8 cannot drop the reads that only bring memory near. */
  private touched = 0;
  private readonly words: number;
  private readonly code: Pick<Bound, 'hash' | 'copy'>;

  constructor(words: number, code: Pick<Bound, 'hash' | 'copy'>) {
    this.words = words;
    this.code = code;
  }

  chunkOf(state: number): Int32Array {
    const chunk = this.states[state >>> CHUNK_BITS];
    if (!chunk) throw new Error(`state ${state} is no longer kept`);
    return chunk;
  }

  offsetOf(state: number): number {
    return (state & (CHUNK - 1)) * this.words;
  }

  /** The states before this one are not asked for again. */
  free(before: number): void {
    for (; (this.freed + 1) * CHUNK <= before; this.freed++) this.states[this.freed] = undefined;
  }

  get bytes(): number {
    return this.chunkBytes(this.prints.length) + this.table.byteLength;
  }

  bytesFor(more: number): number {
    const wanted = this.count + more;
    let table = this.table.byteLength;
    while (wanted > (table / 4) * MOST_FILLED) table *= 2;
    const peak = table > this.table.byteLength ? table * 1.5 : table;
    return this.chunkBytes(Math.ceil(wanted / CHUNK)) + peak;
  }

  private chunkBytes(chunks: number): number {
    return CHUNK * 4 * (3 * chunks + this.words * (chunks - this.freed));
  }

  reserve(more: number): void {
    while (this.count + more > 2 ** this.slotBits * MOST_FILLED) this.place(this.slotBits + 1);
  }

  /** Makes a table of that size and puts all states into it. */
  private place(bits: number): void {
    const table = new Int32Array(1 << bits);
    const mask = 2 ** bits - 1;
    for (let state = 0; state < this.count; state++) {
      let slot = this.prints[state >>> CHUNK_BITS]![2 * (state & (CHUNK - 1))]! >>> (32 - bits);
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = state + 1;
    }
    this.table = table;
    this.slotBits = bits;
  }

  touch(hashes: Int32Array, count: number): void {
    const { table } = this;
    const shift = 32 - this.slotBits;
    let sum = 0;
    for (let j = 0; j < count; j++) sum ^= table[hashes[j]! >>> shift]!;
    for (let j = 0; j < count; j++) {
      const state = table[hashes[j]! >>> shift]! - 1;
      if (state >= 0) sum ^= this.prints[state >>> CHUNK_BITS]![2 * (state & (CHUNK - 1))]!;
    }
    this.touched ^= sum;
  }

  add(states: Int32Array, at: number, hash: number): number {
    const second = secondHash(states, at, this.words);
    const slot = this.slotOf(hash, second);
    const known = this.table[slot]! - 1;
    if (known >= 0) return -1 - known;
    const state = this.count;
    const chunk = state >>> CHUNK_BITS;
    const n = state & (CHUNK - 1);
    if (n === 0) {
      this.states[chunk] = new Int32Array(CHUNK * this.words);
      this.prints[chunk] = new Int32Array(CHUNK * 2);
      this.parents[chunk] = new Int32Array(CHUNK);
    }
    this.count++;
    this.code.copy(states, at, this.states[chunk]!, n * this.words);
    this.prints[chunk]![2 * n] = hash;
    this.prints[chunk]![2 * n + 1] = second;
    this.parents[chunk]![n] = this.parent;
    this.table[slot] = state + 1;
    return state;
  }

  find(states: Int32Array, at: number): number {
    return this.table[this.slotOf(this.code.hash(states, at), secondHash(states, at, this.words))]! - 1;
  }

  /** The numbers on the way from the initial state to this one, both included. */
  wayTo(state: number): number[] {
    const way: number[] = [];
    for (let at = state; at >= 0; at = this.parents[at >>> CHUNK_BITS]![at & (CHUNK - 1)]!) way.push(at);
    return way.reverse();
  }

  /** What is to be kept of the first `count` states: of those before `from` no more than their fingerprints. */
  *pieces(count: number, from: number): Generator<Int32Array, void, void> {
    for (let chunk = 0; chunk * CHUNK < count; chunk++) {
      const end = Math.min(CHUNK, count - chunk * CHUNK);
      yield this.prints[chunk]!.subarray(0, 2 * end);
      yield this.parents[chunk]!.subarray(0, end);
      if ((chunk + 1) * CHUNK > from) yield this.states[chunk]!.subarray(0, end * this.words);
    }
  }

  /** Stores what `pieces` gave. The set is new. */
  fill(count: number, from: number, read: (into: Int32Array) => void): void {
    for (let chunk = 0; chunk * CHUNK < count; chunk++) {
      const end = Math.min(CHUNK, count - chunk * CHUNK);
      this.prints[chunk] = new Int32Array(CHUNK * 2);
      this.parents[chunk] = new Int32Array(CHUNK);
      read(this.prints[chunk]!.subarray(0, 2 * end));
      read(this.parents[chunk]!.subarray(0, end));
      if ((chunk + 1) * CHUNK <= from) continue;
      this.states[chunk] = new Int32Array(CHUNK * this.words);
      read(this.states[chunk]!.subarray(0, end * this.words));
    }
    this.count = count;
    this.free(from);
    while (count > 2 ** this.slotBits * MOST_FILLED) this.slotBits++;
    this.place(this.slotBits);
  }

  /** The slot of a fingerprint, or the free one where it would stand. */
  private slotOf(first: number, second: number): number {
    const { table, prints } = this;
    const mask = 2 ** this.slotBits - 1;
    for (let slot = first >>> (32 - this.slotBits); ; slot = (slot + 1) & mask) {
      const state = table[slot]! - 1;
      if (state < 0) return slot;
      const print = prints[state >>> CHUNK_BITS]!;
      const n = 2 * (state & (CHUNK - 1));
      if (print[n] === first && print[n + 1] === second) return slot;
    }
  }
}

/**
 * At most how likely it is that any two of so many states have the same fingerprint of 64 bits, if the hashes behave like random
 * numbers: one half of n squared, over 2^64.
 */
export const collisionProbability = (states: number): number =>
  Math.min(1, (states * Math.max(0, states - 1)) / 2 ** 65);
