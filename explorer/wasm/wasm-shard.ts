import type { RuntimeChecks } from '../compile/runtime-checks.ts';
import type { HashFilter } from '../store/hash-filter.ts';
import { Instance, Memory } from './host.ts';
import { header, SLOTS } from './shard-code.ts';
import { ShardMemory } from './shard-memory.ts';
import type { WasmProgram } from './wasm-program.ts';

const PAGE = 65_536;

/** What WebAssembly gives: arguments and results are numbers of states, successors, slots and words. */
interface Exports {
  readonly visit: (from: number, to: number) => number;
  readonly scatter: (from: number, to: number, slot: number) => number;
  readonly store: (n: number) => void;
  readonly share: (n: number, slot: number) => void;
  readonly scan: (from: number, to: number, violating: number, shift: number) => number;
  readonly find: (q: number) => number;
  readonly grow: (old: number, oldEnd: number, table: number, shift: number, mask: number) => void;
}

/** A memory for a shard. */
export function shardMemory(program: WasmProgram): Memory {
  const memory = new Memory({
    initial: Math.ceil(program.end / PAGE) + 1,
    maximum: Math.max(Math.ceil(program.end / PAGE) + 2, Math.ceil(program.largest / PAGE)),
    shared: true,
  });
  for (const { address, values } of program.constants) {
    new Uint8Array(memory.buffer, address, values.byteLength).set(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    );
  }
  return memory;
}

/**
 * A part of the states, chosen by their hashes, in a memory of its own. WebAssembly expands them, and stores those successors that
 * belong here; nothing is handed to and fro for a single state. What belongs to other shards is put out for them.
 */
export class WasmShard {
  readonly space: ShardMemory;
  readonly coverage: Uint8Array;
  private readonly program: WasmProgram;
  private readonly code: Exports;
  private readonly output: number;

  constructor(program: WasmProgram, checks: RuntimeChecks, memory: Memory, me: number, shards: number) {
    const address = (name: string): number => program.places.get(name)!.address;
    this.program = program;
    this.space = new ShardMemory(memory, {
      start: program.end,
      directory: address('Chunks'),
      wordsPerState: program.words,
      largest: program.largest,
    });
    this.space.words.set([me, shards], header.me);
    this.coverage = new Uint8Array(memory.buffer, address('C'), program.branches);
    this.output = address('O') / 4;
    this.code = new Instance(program.module, { host: { memory, ...checks } }).exports as unknown as Exports;
  }

  get count(): number {
    return this.space.count;
  }

  /** Expands states and stores their successors, which all belong here; gives how many these are. */
  visit(from: number, to: number): number {
    this.reserve(this.program.most);
    return this.code.visit(from, to);
  }

  /** Expands states, stores the successors that belong here and puts out the others under `slot`; gives how many there are. */
  scatter(from: number, to: number, slot: number): number {
    this.reserve(this.program.most);
    return this.code.scatter(from, to, slot);
  }

  /** Of the last batch: checks that some step violates, 31 in a word. */
  get violated(): Int32Array {
    return this.space.words.subarray(header.masks, header.masks + this.program.maskWords);
  }

  /** Of the last batch: states without successors. */
  get idle(): Int32Array {
    return this.part('Idle', 0, this.space.words[header.idle]!);
  }

  /** The words of the states that are put out for another shard under a slot. */
  sent(shard: number, slot: number): Int32Array {
    const box = shard * SLOTS + slot;
    const { words, most } = this.program;
    const count = this.part('Sent', box, 1)[0]!;
    return this.part('Out', box * most * words, count * words);
  }

  /** Stores states that belong here. */
  take(states: Int32Array): void {
    if (states.length === 0) return;
    this.space.words.set(states, this.output);
    this.reserve(this.program.most);
    this.code.store(states.length / this.program.words);
  }

  /** Stores of up to a batch's successors those that belong here, and puts out the others. */
  share(states: Int32Array, slot: number): void {
    this.space.words.set(states, this.output);
    this.reserve(this.program.most);
    this.code.share(states.length / this.program.words, slot);
  }

  /**
   * The states from `from` up to `to` that have a successor which passes a filter, or, if asked, a step that violates a
   * check.
   */
  *scan(from: number, to: number, filter: HashFilter, violating: boolean): Generator<number, void, void> {
    this.part('Filter', 0, filter.bits.length).set(filter.bits);
    for (let at = from; ; at++) {
      at = this.code.scan(at, to, Number(violating), filter.shift);
      if (at >= to) return;
      yield at;
    }
  }

  /** The number of a state here, or -1. */
  find(states: Int32Array, at: number): number {
    const { words } = this.space;
    for (let w = 0; w < this.program.words; w++) words[this.output + w] = states[at + w]!;
    return this.code.find(0);
  }

  private part(name: string, from: number, length: number): Int32Array {
    const first = this.program.places.get(name)!.address / 4 + from;
    return this.space.words.subarray(first, first + length);
  }

  private reserve(more: number): void {
    this.space.reserve(more, (old, end) => {
      const { words } = this.space;
      this.code.grow(old, end, words[header.table]!, words[header.shift]!, words[header.mask]!);
    });
  }
}
