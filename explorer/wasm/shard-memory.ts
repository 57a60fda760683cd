import type { Memory } from './host.ts';
import { CHUNK_BITS, header, LEFT } from './shard-code.ts';

const CHUNK = 1 << CHUNK_BITS;
const PAGE = 65_536;
const FIRST_SLOT_BITS = 12;
const MOST_FILLED = 0.6;
const SLOT_WORDS = 2;

/** WebAssembly addresses a memory by 32 bits. */
export const LARGEST = 65_536 * PAGE;

/** Where the part of a memory begins that grows, and where the directory of chunks stands, in bytes. */
export interface Ground {
  readonly start: number;
  readonly directory: number;
  readonly wordsPerState: number;
  /** The memory's bytes never exceed this. */
  readonly largest: number;
}

/**
 * The part of a shard's memory that grows: chunks of states and the table, taken one after the other from what is not used.
 * Where a smaller table stood before, chunks are put. All that it knows stands in the memory itself, so that several
 * threads can look at one; only its owner makes it grow. The memory is shared: what was seen of it stays valid then.
 */
export class ShardMemory {
  readonly memory: Memory;
  words: Int32Array;
  private readonly ground: Ground;
  private readonly start: number;
  private readonly directory: number;
  private readonly chunkWords: number;

  constructor(memory: Memory, ground: Ground) {
    this.memory = memory;
    this.words = new Int32Array(memory.buffer);
    this.ground = ground;
    this.start = ground.start / 4;
    this.directory = ground.directory / 4;
    this.chunkWords = CHUNK * ground.wordsPerState;
    if (this.words[header.table] !== 0) return;
    this.words[header.end] = this.start;
    this.table(FIRST_SLOT_BITS);
  }

  /** To be called after another thread may have made the memory grow. */
  refresh(): void {
    // Growth by nothing brings the buffer up to date.
    this.memory.grow(0);
    this.words = new Int32Array(this.memory.buffer);
  }

  get count(): number {
    return this.words[header.count]!;
  }

  get bytes(): number {
    return (this.end - this.start) * 4;
  }

  offsetOf(state: number): number {
    const chunk = this.words[this.directory + (state >>> CHUNK_BITS)]!;
    return chunk + (state & (CHUNK - 1)) * this.ground.wordsPerState;
  }

  /** Bytes at the worst moment of storing up to `more` further states; no number at all if that is beyond the memory. */
  bytesFor(more: number): number {
    const states = this.count + more;
    const bits = this.bitsFor(states);
    const table = bits > this.slotBits ? SLOT_WORDS * 2 ** bits : 0;
    const free = this.left().reduce((n, { from, to }) => n + Math.floor((to - from) / this.chunkWords), 0);
    const chunks = Math.max(0, Math.ceil(states / CHUNK) - this.words[header.chunks]! - free);
    const bytes = this.bytes + (table + chunks * this.chunkWords) * 4;
    return this.ground.start + bytes > this.ground.largest ? Number.POSITIVE_INFINITY : bytes;
  }

  /** Makes room for `more` further states; `move` fills the new table from the words of the old one. */
  reserve(more: number, move: (old: number, oldEnd: number) => void): void {
    const states = this.count + more;
    const bits = this.bitsFor(states);
    if (bits > this.slotBits) {
      const old = this.words[header.table]!;
      const oldEnd = old + SLOT_WORDS * 2 ** this.slotBits;
      this.table(bits);
      move(old, oldEnd);
      const free = this.left().length;
      if (free < LEFT) this.words.set([old, oldEnd], header.left + 2 * free);
    }
    while (this.words[header.chunks]! * CHUNK < states) {
      this.words[this.directory + this.words[header.chunks]!] = this.chunk();
      this.words[header.chunks]!++;
    }
  }

  private get end(): number {
    return this.words[header.end]! >>> 0;
  }

  private get slotBits(): number {
    return 32 - this.words[header.shift]!;
  }

  private bitsFor(states: number): number {
    let bits = this.slotBits;
    while (states > 2 ** bits * MOST_FILLED) bits++;
    return bits;
  }

  private table(bits: number): void {
    this.words[header.table] = this.take(SLOT_WORDS * 2 ** bits);
    this.words[header.shift] = 32 - bits;
    this.words[header.mask] = SLOT_WORDS * 2 ** bits - 1;
  }

  /** What smaller tables left. */
  private left(): { readonly place: number; readonly from: number; readonly to: number }[] {
    return Array.from({ length: LEFT }, (_, n) => header.left + 2 * n)
      .map((place) => ({ place, from: this.words[place]!, to: this.words[place + 1]! }))
      .filter(({ to }) => to > 0);
  }

  private chunk(): number {
    const free = this.left().find(({ from, to }) => to - from >= this.chunkWords);
    if (!free) return this.take(this.chunkWords);
    this.words[free.place]! += this.chunkWords;
    return free.from;
  }

  /** Words that were never used: they hold zeros. */
  private take(words: number): number {
    const from = this.end;
    const missing = (from + words) * 4 - this.memory.buffer.byteLength;
    if (missing > 0) {
      this.memory.grow(Math.ceil(missing / PAGE));
      this.words = new Int32Array(this.memory.buffer);
    }
    this.words[header.end] = from + words;
    return from;
  }
}
