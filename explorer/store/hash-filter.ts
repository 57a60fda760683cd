/** Bits a member: one in ten hashes of strangers passes at most. */
const BITS_PER_MEMBER = 16;
const LEAST_BITS = 1 << 12;
/** Beyond, more strangers pass. */
export const MOST_FILTER_BITS = 1 << 22;

/**
 * Tells for most states that they are not in a small set, by one bit of memory that is near (Bloom, with one hash). What
 * passes has to be looked up.
 */
export class HashFilter {
  readonly bits: Int32Array;
  /** How far a hash is shifted to the right to give the number of its bit. */
  readonly shift: number;

  constructor(members: number) {
    const wanted = Math.max(LEAST_BITS, members * BITS_PER_MEMBER);
    const size = Math.min(MOST_FILTER_BITS, 2 ** Math.ceil(Math.log2(wanted)));
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
