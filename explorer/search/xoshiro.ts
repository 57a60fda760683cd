/**
 * A sequence of random 32-bit numbers that is the same for a seed on every machine: xoshiro128** 1.1 (Blackman and Vigna,
 * Scrambled linear pseudorandom number generators, 2021).
 */
export class Xoshiro128 {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  /** Four words of which not all are 0. */
  constructor(a: number, b: number, c: number, d: number) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }

  /** From a seed, whose bits are spread over the four words (SplitMix: Steele, Lea and Flood, 2014, with 32-bit mixing). */
  static seeded(seed: number): Xoshiro128 {
    const word = (n: number): number => {
      let z = (seed + Math.imul(n, 0x9e3779b9)) | 0;
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      return z ^ (z >>> 16);
    };
    return new Xoshiro128(word(1), word(2), word(3), word(4));
  }

  /** 0 to 2^32 - 1. */
  next(): number {
    const scrambled = Math.imul(turned(Math.imul(this.b, 5), 7), 9) >>> 0;
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = turned(this.d, 11);
    return scrambled;
  }

  /** 0 to n - 1, each equally likely; n is at most 2^32. */
  below(n: number): number {
    const fair = 2 ** 32 - (2 ** 32 % n);
    for (;;) {
      const drawn = this.next();
      if (drawn < fair) return drawn % n;
    }
  }
}

const turned = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
