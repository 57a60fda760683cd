/** Not on a shortest run. */
export const NEVER = 0xffff;

/** Bytes a state of a pass for one goal, about: as in DenseRest, and what is kept of it. */
export const bytesOfPass = (threads: number): number => 4 * threads;

/**
 * For the states of one level and each thread: the fewest switches until the goal if that thread takes the next step. Dense
 * while the level before is worked out, then only the states that are on shortest runs are kept.
 */
export class DenseRest {
  readonly first: number;
  readonly threads: number;
  readonly values: Uint16Array;

  constructor(first: number, end: number, threads: number) {
    this.first = first;
    this.threads = threads;
    this.values = new Uint16Array((end - first) * threads).fill(NEVER);
  }

  improve(state: number, thread: number, switches: number): void {
    const at = (state - this.first) * this.threads + thread;
    if (switches < this.values[at]!) this.values[at] = switches;
  }

  /** A state that is a goal by itself: nothing is left to do, whoever came here. */
  finish(state: number): void {
    const at = (state - this.first) * this.threads;
    this.values.fill(0, at, at + this.threads);
  }

  /** Fewest switches from a state of any level until the goal, if `thread` took the last step. */
  after(state: number, thread: number): number {
    const at = (state - this.first) * this.threads;
    if (at < 0 || at >= this.values.length) return NEVER;
    let least = NEVER;
    for (let t = 0; t < this.threads; t++) {
      const rest = this.values[at + t]!;
      if (rest !== NEVER) least = Math.min(least, t === thread ? rest : rest + 1);
    }
    return least;
  }

  /** The states on shortest runs. */
  members(): Int32Array {
    const { threads, values } = this;
    const found: number[] = [];
    for (let at = 0; at < values.length; at += threads) {
      for (let t = 0; t < threads; t++) {
        if (values[at + t] === NEVER) continue;
        found.push(this.first + at / threads);
        break;
      }
    }
    return Int32Array.from(found);
  }

  kept(): Rest {
    const states = this.members();
    const values = new Uint16Array(states.length * this.threads);
    states.forEach((state, n) => {
      const at = (state - this.first) * this.threads;
      values.set(this.values.subarray(at, at + this.threads), n * this.threads);
    });
    return new Rest(states, values, this.threads);
  }
}

/** What is kept of a level: its states on shortest runs, ascending, with their switches by thread. */
export class Rest {
  private readonly states: Int32Array;
  private readonly values: Uint16Array;
  private readonly threads: number;

  constructor(states: Int32Array, values: Uint16Array, threads: number) {
    this.states = states;
    this.values = values;
    this.threads = threads;
  }

  /** By thread; empty for a state that is on no shortest run. */
  of(state: number): Uint16Array {
    let low = 0;
    let high = this.states.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.states[middle]! < state) low = middle + 1;
      else high = middle;
    }
    if (this.states[low] !== state) return new Uint16Array(0);
    return this.values.subarray(low * this.threads, (low + 1) * this.threads);
  }
}
