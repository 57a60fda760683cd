const INDEX_BITS = 12;
const REGISTERS = 1 << INDEX_BITS;

/**
 * Estimates how many different states were met without keeping them, within some 2 % (HyperLogLog: Flajolet, Fusy, Gandouet and
 * Meunier, 2007; for few states linear counting: Whang, Vander-Zanden and Taylor, 1990).
 */
export class DistinctEstimate {
  private readonly most = new Uint8Array(REGISTERS);

  /** One hash chooses the register; the zeros at the head of the other are what it keeps the most of. */
  add(first: number, second: number): void {
    const register = first >>> (32 - INDEX_BITS);
    const zeros = Math.clz32(second) + 1;
    if (zeros > this.most[register]!) this.most[register] = zeros;
  }

  get count(): number {
    let sum = 0;
    let empty = 0;
    for (const zeros of this.most) {
      sum += 2 ** -zeros;
      if (zeros === 0) empty++;
    }
    const estimate = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS * REGISTERS) / sum;
    const few = estimate <= 2.5 * REGISTERS && empty > 0;
    return Math.round(few ? REGISTERS * Math.log(REGISTERS / empty) : estimate);
  }
}
