/** Bits a member: one in ten hashes of strangers passes at most. */
const BITS_PER_MEMBER = 16;
const LEAST_BITS = 1 << 12;

/**
 * Tells for most states that they are not in a small set, by one bit of memory that is near (Bloom, with one hash). What
 * passes has to be looked up.
 */
export class HashFilter {
  private readonly bits: Int32Array;
  private readonly shift: number;

  constructor(members: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(LEAST_BITS, members * BITS_PER_MEMBER)));
    this.bits = new Int32Array(size / 32);
    this.shift = 32 - Math.log2(size);
  }

  add(hash: number): void {
    const bit = hash >>> this.shift;
    this.bits[bit >>> 5]! |= 1 << (bit & 31);
  }

  mayHave(hash: number): boolean {
    const bit = hash >>> this.shift;
    return ((this.bits[bit >>> 5]! >>> (bit & 31)) & 1) === 1;
  }
}
