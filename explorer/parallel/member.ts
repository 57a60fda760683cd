import { SLOTS } from '../wasm/shard-code.ts';
import type { WasmShard } from '../wasm/wasm-shard.ts';
import type { Control } from './control.ts';

/** What one thread found out in a level, beside the states. */
export interface Share {
  successors: number;
  /** Violated checks, 31 in a word. */
  violated: number[];
  /** States of its shard without successors. */
  idle: number[];
}

export const nothingYet = (): Share => ({ successors: 0, violated: [], idle: [] });

/** One of the threads that search together: it owns a shard, and alone stores states in it. */
export class Member {
  private readonly me: number;
  private readonly shards: readonly WasmShard[];
  private readonly control: Control;
  private readonly batch: number;
  /** Why nothing more can be stored here. The level is lost then, and batches are taken only so that nobody waits for it. */
  private broken: { readonly by: unknown } | null = null;

  constructor(me: number, shards: readonly WasmShard[], control: Control, batch: number) {
    this.me = me;
    this.shards = shards;
    this.control = control;
    this.batch = batch;
  }

  /** Expands the states of its shard, with a pause after each batch, which gives the number of states. */
  *expand(share: Share): Generator<number, void, void> {
    const { me, control, batch } = this;
    const [from, to] = control.rangeOf(me);
    const shard = this.shards[me]!;
    for (let at = from; at < to && !control.stopped; at += batch) {
      const end = Math.min(at + batch, to);
      const slot = this.freeSlot();
      share.successors += shard.scatter(at, end, slot);
      shard.violated.forEach((mask, n) => {
        share.violated[n] = (share.violated[n] ?? 0) | mask;
      });
      share.idle.push(...shard.idle);
      this.others((other) => control.publish(me, other));
      this.fetchAll();
      this.demandWhole();
      yield end - at;
    }
  }

  /**
   * Stores what the others hand over until they have expanded all their states; pauses now and then. Throws only then what kept it from
   * storing.
   */
  *finish(): Generator<void, void, void> {
    const { me, control } = this;
    control.hasExpanded(me);
    for (;;) {
      const last = control.allExpanded;
      this.fetchAll();
      if (last) {
        this.demandWhole();
        return;
      }
      control.wait(me, () => control.allExpanded || this.waiting());
      yield;
    }
  }

  /** All batches go into the same slot for every other thread, so that slots are free for all or for none. */
  private freeSlot(): number {
    const { me, control } = this;
    const full = (): boolean => {
      let any = false;
      this.others((other) => {
        any ||= control.published(me, other) - control.fetched(me, other) >= SLOTS;
      });
      return any;
    };
    while (full()) {
      this.fetchAll();
      control.wait(me, () => !full() || this.waiting());
    }
    return control.published(me, me === 0 ? 1 : 0) % SLOTS;
  }

  private waiting(): boolean {
    let any = false;
    this.others((other) => {
      any ||= this.control.published(other, this.me) > this.control.fetched(other, this.me);
    });
    return any;
  }

  private fetchAll(): void {
    const { me, control } = this;
    this.others((other) => {
      while (control.fetched(other, me) < control.published(other, me)) {
        this.take(this.shards[other]!.sent(me, control.fetched(other, me) % SLOTS));
        control.fetch(other, me);
      }
    });
  }

  private take(states: Int32Array): void {
    if (this.broken) return;
    try {
      this.shards[this.me]!.take(states);
    } catch (error) {
      this.broken = { by: error };
    }
  }

  private demandWhole(): void {
    if (this.broken) throw this.broken.by;
  }

  private others(each: (other: number) => void): void {
    for (let t = 0; t < this.control.threads; t++) if (t !== this.me) each(t);
  }
}
