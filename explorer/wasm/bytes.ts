/** Bytes of a WebAssembly binary, written one after the other. */
export class Bytes {
  private bytes = new Uint8Array(1024);
  length = 0;

  byte(...values: readonly number[]): void {
    for (const value of values) {
      if (this.length === this.bytes.length) this.grow(this.length + 1);
      this.bytes[this.length++] = value;
    }
  }

  /** An unsigned number up to 2^32 - 1 (LEB128). */
  unsigned(value: number): void {
    let rest = value >>> 0;
    for (; rest >= 0x80; rest >>>= 7) this.byte((rest & 0x7f) | 0x80);
    this.byte(rest);
  }

  /** A signed 32-bit number (LEB128). */
  signed(value: number): void {
    let rest = value | 0;
    for (; rest < -64 || rest > 63; rest >>= 7) this.byte((rest & 0x7f) | 0x80);
    this.byte(rest & 0x7f);
  }

  name(text: string): void {
    const encoded = new TextEncoder().encode(text);
    this.unsigned(encoded.length);
    this.append(encoded);
  }

  append(more: Uint8Array): void {
    if (this.length + more.length > this.bytes.length) this.grow(this.length + more.length);
    this.bytes.set(more, this.length);
    this.length += more.length;
  }

  finished(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }

  private grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, this.bytes.length * 2));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
