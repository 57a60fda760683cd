import type { Storage } from './state-store.ts';

/** A set of states that can be carried over to another place while it is in use. */
export class MovingStore implements Storage {
  private place: Storage;

  constructor(place: Storage) {
    this.place = place;
  }

  /** From now on the states are there: the same ones, in the same order but for that within a level. */
  moveTo(place: Storage): void {
    this.place = place;
  }

  get count(): number {
    return this.place.count;
  }
  get bytes(): number {
    return this.place.bytes;
  }
  bytesFor(more: number): number {
    return this.place.bytesFor(more);
  }
  chunkOf(state: number): Int32Array {
    return this.place.chunkOf(state);
  }
  offsetOf(state: number): number {
    return this.place.offsetOf(state);
  }
  reserve(more: number): void {
    this.place.reserve(more);
  }
  touch(hashes: Int32Array, count: number): void {
    this.place.touch(hashes, count);
  }
  add(states: Int32Array, at: number, hash: number): number {
    return this.place.add(states, at, hash);
  }
  find(states: Int32Array, at: number): number {
    return this.place.find(states, at);
  }
}
