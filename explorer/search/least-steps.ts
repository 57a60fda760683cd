/** Nodes a chunk. */
const CHUNK_BITS = 16;
const CHUNK = 1 << CHUNK_BITS;

/**
 * For each node the least number of steps with which it was reached so far. Where steps are not counted, a node that was
 * reached once is never reached with less.
 */
export class LeastSteps {
  private readonly chunks: (Int32Array | Uint8Array | undefined)[] = [];
  private readonly counted: boolean;
  private stored = 0;

  constructor(counted: boolean) {
    this.counted = counted;
  }

  get bytes(): number {
    return this.stored * CHUNK * (this.counted ? 4 : 1);
  }

  /** Was the node reached with that many steps or fewer? */
  reached(node: number, steps: number): boolean {
    const chunk = this.chunks[Math.floor(node / CHUNK)];
    return chunk !== undefined && chunk[node & (CHUNK - 1)]! <= (this.counted ? steps : 0);
  }

  /** Notes the steps; false if the node was reached with as few before. */
  lower(node: number, steps: number): boolean {
    if (this.reached(node, steps)) return false;
    const number = Math.floor(node / CHUNK);
    let chunk = this.chunks[number];
    if (!chunk) {
      chunk = this.counted ? new Int32Array(CHUNK).fill(2 ** 31 - 1) : new Uint8Array(CHUNK).fill(255);
      this.chunks[number] = chunk;
      this.stored++;
    }
    chunk[node & (CHUNK - 1)] = this.counted ? steps : 0;
    return true;
  }
}
