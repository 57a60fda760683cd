/** A shard, and the number of a state there. */
interface Place {
  readonly shard: number;
  readonly local: number;
}

/** Where levels begin. What is asked for is near what was asked for before. */
class Starts {
  readonly numbers: number[] = [];
  private found = 0;

  /** The last level that begins at or before a number. */
  levelOf(number: number): number {
    const { numbers } = this;
    if (number < numbers[this.found]! || number >= (numbers[this.found + 1] ?? Number.POSITIVE_INFINITY)) {
      this.found = this.search(number);
    }
    return this.found;
  }

  private search(number: number): number {
    let low = 0;
    let high = this.numbers.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.numbers[middle]! <= number) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/**
 * One numbering for the states of several shards, each of which numbers its own: level by level, and within a level those of the
 * first shard, then those of the second, and so on. With one shard it changes nothing. `counts` are the states of each shard now: only
 * for the level that began last are they asked.
 */
export class Numbering {
  /** By level: how many states of each shard are of an earlier level. */
  private readonly starts: (readonly number[])[] = [];
  /** The same for all of them together, and by shard. */
  private readonly totals = new Starts();
  private readonly firsts: readonly Starts[];
  private asked: { readonly state: number; readonly place: Place } = {
    state: -1,
    place: { shard: 0, local: 0 },
  };

  constructor(shards: number) {
    this.firsts = Array.from({ length: shards }, () => new Starts());
    this.begin(Array.from({ length: shards }, () => 0));
  }

  /** A level begins with what will come after these counts of states. */
  begin(counts: readonly number[]): void {
    this.starts.push([...counts]);
    this.totals.numbers.push(counts.reduce((a, b) => a + b, 0));
    counts.forEach((count, shard) => {
      this.firsts[shard]!.numbers.push(count);
    });
  }

  /** Where the level that began last begins in each shard. */
  get last(): readonly number[] {
    return this.starts.at(-1)!;
  }

  /** Where the level that begins with a state begins and ends in each shard. */
  levelFrom(
    first: number,
    counts: () => readonly number[],
  ): { readonly from: readonly number[]; readonly to: readonly number[] } {
    const level = this.totals.levelOf(first);
    return { from: this.starts[level]!, to: this.starts[level + 1] ?? counts() };
  }

  /** The shard of a state and its number there. */
  place(state: number, counts: () => readonly number[]): Place {
    // One state is asked for several times running. Where those of the last level stand is not settled yet.
    if (state !== this.asked.state || state >= this.totals.numbers.at(-1)!) {
      this.asked = { state, place: this.placeOf(state, counts) };
    }
    return this.asked.place;
  }

  private placeOf(state: number, counts: () => readonly number[]): Place {
    const level = this.totals.levelOf(state);
    const from = this.starts[level]!;
    const to = this.starts[level + 1] ?? counts();
    let rest = state - this.totals.numbers[level]!;
    for (let shard = 0; ; shard++) {
      const size = to[shard]! - from[shard]!;
      if (rest < size || shard === from.length - 1) return { shard, local: from[shard]! + rest };
      rest -= size;
    }
  }

  /** The number of a state of a shard. */
  numberOf(shard: number, local: number, counts: () => readonly number[]): number {
    const level = this.firsts[shard]!.levelOf(local);
    const from = this.starts[level]!;
    const to = this.starts[level + 1] ?? counts();
    let number = this.totals.numbers[level]! + local - from[shard]!;
    for (let before = 0; before < shard; before++) number += to[before]! - from[before]!;
    return number;
  }
}
