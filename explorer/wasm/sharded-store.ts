import type { Bound } from '../compile/compile.ts';
import type { RuntimeChecks } from '../compile/runtime-checks.ts';
import { Numbering } from '../store/numbering.ts';
import type { Storage } from '../store/state-store.ts';
import { shardOfHash } from './shard-code.ts';
import type { WasmProgram } from './wasm-program.ts';
import { shardMemory, WasmShard } from './wasm-shard.ts';

/** A set of states in WebAssembly memories, dealt to shards by their hashes. */
export class ShardedStore implements Storage {
  readonly shards: readonly WasmShard[];
  readonly numbering: Numbering;
  readonly memories: readonly ReturnType<typeof shardMemory>[];
  private readonly program: WasmProgram;
  private readonly hash: Bound['hash'];

  constructor(program: WasmProgram, checks: RuntimeChecks, hash: Bound['hash'], shards: number) {
    this.program = program;
    this.hash = hash;
    this.memories = Array.from({ length: shards }, () => shardMemory(program));
    this.shards = this.memories.map((memory, me) => new WasmShard(program, checks, memory, me, shards));
    this.numbering = new Numbering(shards);
  }

  readonly counts = (): number[] => this.shards.map((s) => s.count);

  get count(): number {
    return this.shards.reduce((n, s) => n + s.count, 0);
  }

  get bytes(): number {
    return this.shards.reduce((n, s) => n + s.space.bytes, 0);
  }

  /** All further states may come to one shard, but not to each of them. */
  bytesFor(more: number): number {
    const growth = this.shards.map((s) => s.space.bytesFor(more) - s.space.bytes);
    return this.bytes + Math.max(...growth);
  }

  chunkOf(state: number): Int32Array {
    return this.shards[this.place(state).shard]!.space.words;
  }

  offsetOf(state: number): number {
    const { shard, local } = this.place(state);
    return this.shards[shard]!.space.offsetOf(local);
  }

  reserve(): void {}
  touch(): void {}

  add(states: Int32Array, at: number, hash: number): number {
    const known = this.find(states, at);
    if (known >= 0) return -1 - known;
    this.shards[shardOfHash(hash, this.shards.length)]!.take(states.slice(at, at + this.program.words));
    return this.find(states, at);
  }

  find(states: Int32Array, at: number): number {
    if (this.shards.length === 1) return this.shards[0]!.find(states, at);
    const shard = shardOfHash(this.hash(states, at), this.shards.length);
    const local = this.shards[shard]!.find(states, at);
    return local < 0 ? -1 : this.numbering.numberOf(shard, local, this.counts);
  }

  /** Takes over all states of another set; `levels`: the first state of each level. */
  fill(from: Storage, levels: readonly number[]): void {
    const { words, batch } = this.program;
    levels.forEach((first, level) => {
      if (level > 0) this.numbering.begin(this.counts());
      const end = levels[level + 1] ?? from.count;
      for (let state = first; state < end; state += batch)
        this.copy(from, state, Math.min(state + batch, end), words);
    });
  }

  /** Hands over what a shard has put out under a slot. */
  fetch(shard: WasmShard, slot: number): void {
    this.shards.forEach((other, target) => {
      if (other !== shard) other.take(shard.sent(target, slot));
    });
  }

  private copy(from: Storage, first: number, end: number, words: number): void {
    const some = new Int32Array((end - first) * words);
    for (let state = first; state < end; state++) {
      const at = from.offsetOf(state);
      some.set(from.chunkOf(state).subarray(at, at + words), (state - first) * words);
    }
    const [shard] = this.shards;
    if (this.shards.length === 1) {
      shard!.take(some);
    } else {
      shard!.share(some, 0);
      this.fetch(shard!, 0);
    }
  }

  private place(state: number): { readonly shard: number; readonly local: number } {
    return this.shards.length === 1 ? { shard: 0, local: state } : this.numbering.place(state, this.counts);
  }
}
