import type { Bound } from '../compile/compile.ts';

/** States a chunk: small enough that the last chunk wastes little, large enough that there are few. */
const CHUNK_BITS = 14;
const CHUNK = 1 << CHUNK_BITS;
const FIRST_SLOT_BITS = 12;
const MOST_FILLED = 0.6;

/** A set of states in order of insertion. */
export interface Storage {
  readonly count: number;
  /** The chunk that holds a state, and where the state begins in it. */
  readonly chunkOf: (state: number) => Int32Array;
  readonly offsetOf: (state: number) => number;
  /** Bytes in use, and at the worst moment of storing up to `more` further states. */
  readonly bytes: number;
  readonly bytesFor: (more: number) => number;
  /** Makes room, so that no table grows while a batch is inserted. */
  readonly reserve: (more: number) => void;
  /** Brings near what the insertion of these hashes will read. */
  readonly touch: (hashes: Int32Array, count: number) => void;
  /** Stores a state unless it is there; gives its number, or -1 - number if it was there. */
  readonly add: (states: Int32Array, at: number, hash: number) => number;
  /** The number of a state, or -1 if it is not stored. */
  readonly find: (states: Int32Array, at: number) => number;
}

/**
 * The exact set of states visited, in order of insertion. The states themselves stand in chunks, one after the other, and
 * are the queue of the search as well. A table with open addressing finds them: a slot is 8 bytes, the 32-bit hash and
 * the number of the state plus 1 (0: free), so that both are in one cache line. The slot is chosen by the high bits of
 * the hash; doubling the table therefore reads and writes it in order.
 */
export class StateStore implements Storage {
  readonly chunks: Int32Array[] = [];
  count = 0;
  private table = new Int32Array(2 << FIRST_SLOT_BITS);
  private slotBits = FIRST_SLOT_BITS;
  /** Kept so that V8 cannot drop the reads that only bring memory near. */
  private touched = 0;
  private readonly words: number;
  private readonly code: Pick<Bound, 'hash' | 'same' | 'copy'>;

  constructor(words: number, code: Pick<Bound, 'hash' | 'same' | 'copy'>) {
    this.words = words;
    this.code = code;
  }

  /** The chunk that holds a state, and where the state begins in it. */
  chunkOf(state: number): Int32Array {
    return this.chunks[state >>> CHUNK_BITS]!;
  }
  offsetOf(state: number): number {
    return (state & (CHUNK - 1)) * this.words;
  }

  /** Bytes in use; the transient peak while the table doubles is two thirds of the table after it. */
  get bytes(): number {
    return this.chunks.length * CHUNK * this.words * 4 + this.table.byteLength;
  }

  /** Bytes at the worst moment of storing up to `more` further states. */
  bytesFor(more: number): number {
    const wanted = this.count + more;
    let table = this.table.byteLength;
    while (wanted > (table / 8) * MOST_FILLED) table *= 2;
    const peak = table > this.table.byteLength ? table * 1.5 : table;
    return Math.ceil(wanted / CHUNK) * CHUNK * this.words * 4 + peak;
  }

  /** Makes room, so that no table grows while a batch is inserted. */
  reserve(more: number): void {
    while (this.count + more > 2 ** this.slotBits * MOST_FILLED) this.double();
  }

  private double(): void {
    const old = this.table;
    const bits = this.slotBits + 1;
    const table = new Int32Array(2 << bits);
    const mask = 2 ** bits - 1;
    // Clusters that wrap round the end come first in the old table; they only land a little further, which probing allows.
    for (let at = 0; at < old.length; at += 2) {
      const state = old[at + 1]!;
      if (state === 0) continue;
      const hash = old[at]!;
      let slot = hash >>> (32 - bits);
      while (table[2 * slot + 1] !== 0) slot = (slot + 1) & mask;
      table[2 * slot] = hash;
      table[2 * slot + 1] = state;
    }
    this.table = table;
    this.slotBits = bits;
  }

  /**
   * Reads what the insertion of these hashes will read. The reads do not depend on one another, so the processor overlaps
   * their cache misses; inserted one by one each would wait for the one before.
   */
  touch(hashes: Int32Array, count: number): void {
    const { table, chunks, words } = this;
    const shift = 32 - this.slotBits;
    let sum = 0;
    for (let j = 0; j < count; j++) sum ^= table[2 * (hashes[j]! >>> shift)]!;
    for (let j = 0; j < count; j++) {
      const slot = 2 * (hashes[j]! >>> shift);
      const state = table[slot + 1]! - 1;
      if (state >= 0 && table[slot] === hashes[j]) {
        sum ^= chunks[state >>> CHUNK_BITS]![(state & (CHUNK - 1)) * words]!;
      }
    }
    this.touched ^= sum;
  }

  /** Stores a state unless it is there; gives its number, or -1 - number if it was there. */
  add(states: Int32Array, at: number, hash: number): number {
    const { table, chunks, words } = this;
    const mask = 2 ** this.slotBits - 1;
    let slot = hash >>> (32 - this.slotBits);
    for (;;) {
      const state = table[2 * slot + 1]! - 1;
      if (state < 0) break;
      if (
        table[2 * slot] === hash &&
        this.code.same(states, at, chunks[state >>> CHUNK_BITS]!, (state & (CHUNK - 1)) * words)
      ) {
        return -1 - state;
      }
      slot = (slot + 1) & mask;
    }
    const state = this.count;
    // If there is no memory for it, nothing has happened.
    if ((state & (CHUNK - 1)) === 0) chunks.push(new Int32Array(CHUNK * words));
    this.count++;
    this.code.copy(states, at, chunks[state >>> CHUNK_BITS]!, (state & (CHUNK - 1)) * words);
    table[2 * slot] = hash;
    table[2 * slot + 1] = state + 1;
    return state;
  }

  /** The number of a state, or -1 if it is not stored. */
  find(states: Int32Array, at: number): number {
    const { table, chunks, words } = this;
    const hash = this.code.hash(states, at);
    const mask = 2 ** this.slotBits - 1;
    for (let slot = hash >>> (32 - this.slotBits); ; slot = (slot + 1) & mask) {
      const state = table[2 * slot + 1]! - 1;
      if (state < 0) return -1;
      if (
        table[2 * slot] === hash &&
        this.code.same(states, at, chunks[state >>> CHUNK_BITS]!, (state & (CHUNK - 1)) * words)
      ) {
        return state;
      }
    }
  }
}
