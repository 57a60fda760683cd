import { GrowingWords } from './growing-words.ts';
import type { LevelGraph } from './level-graph.ts';

/**
 * A node of a search by switches: a state and the thread that took the last step to it, as state * width + thread. Of the
 * initial state nobody did: its thread is the number of threads, and whoever goes first does not switch.
 */
export class Nodes {
  readonly threads: number;
  private readonly width: number;

  constructor(graph: LevelGraph) {
    this.threads = graph.program.threads.length;
    this.width = this.threads + 1;
  }

  get start(): number {
    return this.of(0, this.threads);
  }

  of(state: number, last: number): number {
    const node = state * this.width + last;
    if (node >= 2 ** 31) throw new RangeError('more states than a search by switches can number');
    return node;
  }

  stateOf(node: number): number {
    return Math.floor(node / this.width);
  }

  lastOf(node: number): number {
    return node % this.width;
  }

  /** What a step of the thread adds to the switches of a run to the node. */
  switch(last: number, thread: number): 0 | 1 {
    return last === thread || last === this.threads ? 0 : 1;
  }
}

/** Nodes by the number of steps of the runs to them, while they are being collected. */
export class Buckets {
  private readonly bySteps: (GrowingWords | undefined)[] = [];

  get length(): number {
    return this.bySteps.length;
  }

  push(steps: number, node: number): void {
    const bucket = this.bySteps[steps];
    if (bucket) {
      bucket.push(node);
      return;
    }
    const made = new GrowingWords();
    made.push(node);
    this.bySteps[steps] = made;
  }

  /** The nodes with that many steps, which are then forgotten. */
  take(steps: number): Int32Array {
    const bucket = this.bySteps[steps];
    if (!bucket) return new Int32Array(0);
    this.bySteps[steps] = undefined;
    return bucket.finished();
  }

  get bytes(): number {
    return this.bySteps.reduce((n, bucket) => n + (bucket?.bytes ?? 0), 0);
  }
}

/** All nodes visited, by switches and then by steps; the nodes of one cost ascend. */
export type Rounds = readonly (readonly (Int32Array | undefined)[])[];
