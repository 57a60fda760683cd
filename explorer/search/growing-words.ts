/** A list of 32-bit numbers that grows without an object for each. */
export class GrowingWords {
  length = 0;
  private words = new Int32Array(1024);

  push(value: number): void {
    if (this.length === this.words.length) {
      const more = new Int32Array(this.length * 2);
      more.set(this.words);
      this.words = more;
    }
    this.words[this.length++] = value;
  }

  get bytes(): number {
    return this.words.byteLength;
  }

  finished(): Int32Array {
    return this.words.subarray(0, this.length);
  }
}
