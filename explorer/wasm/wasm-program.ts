import type { Compiled } from '../compile/compile.ts';
import { MOST_FILTER_BITS } from '../store/hash-filter.ts';
import type { ArrayPlace } from './environment.ts';
import { Module } from './host.ts';
import { moduleBytes } from './module.ts';
import { placed, type Wanted } from './placement.ts';
import { CHUNK_BITS, exportedFunctions, GONE, header, RECENT, SLOTS, shardCode } from './shard-code.ts';
import { LARGEST } from './shard-memory.ts';
import { readCode } from './text.ts';

/** Shards that a set of states can be dealt to. */
export const MOST_SHARDS = 16;

/** A program in WebAssembly, to be run in one memory or several. It can be sent to another thread. */
export interface WasmProgram {
  readonly module: Module;
  readonly words: number;
  readonly maskWords: number;
  readonly branches: number;
  /** States of a batch, and successors that these can have. */
  readonly batch: number;
  readonly most: number;
  /** Where arrays stand, in bytes, and where they end. */
  readonly places: ReadonlyMap<string, ArrayPlace>;
  readonly end: number;
  /** Bytes that a memory never exceeds. */
  readonly largest: number;
  /** What is in memory from the start. */
  readonly constants: readonly { readonly address: number; readonly values: Int32Array | Uint8Array }[];
}

/** Translates generated code. `room`: bytes for the states of a shard. */
export function wasmProgram(compiled: Compiled, batch: number, room = LARGEST): WasmProgram {
  const { words, maskWords } = compiled;
  const { branches } = compiled.program;
  const most = batch * Math.max(1, compiled.widest);
  const code = readCode(compiled.text + shardCode(words, maskWords, most));
  // Caches begin with hashes that belong to another slot.
  const cache = (name: string, slots: number, each: number): Wanted => {
    const values = Int32Array.from({ length: slots * each }, (_, n) => (n % each === 0 ? (n / each) ^ 1 : 0));
    return { name, size: 4, length: values.length, values };
  };
  const word = (name: string, length: number): Wanted => ({ name, size: 4, length, values: null });
  const { places, end, constants } = placed([
    word('Header', header.masks + maskWords),
    word('O', most * words),
    word('M', most * maskWords),
    word('E', most),
    word('N', most),
    { name: 'C', size: 1, length: branches, values: null },
    word('Hashes', most),
    word('Hits', most),
    word('Misses', most),
    word('Idle', batch),
    word('Filter', MOST_FILTER_BITS / 32),
    cache('Recent', RECENT, 2),
    cache('Gone', GONE, words + 1),
    ...code.arrays,
    ...Object.entries(compiled.constants).map(
      ([name, values]): Wanted => ({ name, size: 1, length: values.length, values }),
    ),
    word('Chunks', Math.ceil(LARGEST / ((words * 4) << CHUNK_BITS))),
    word('Sent', MOST_SHARDS * SLOTS),
    word('Out', MOST_SHARDS * SLOTS * most * words),
  ]);
  const largest = Math.min(LARGEST, end + room);
  const arrays = new Map<string, ArrayPlace>([...places, ['W', { address: 0, size: 4 }]]);
  const module = new Module(moduleBytes(code, arrays, exportedFunctions));
  return { module, words, maskWords, branches, batch, most, places, end, largest, constants };
}
