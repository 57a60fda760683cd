/** The length of the shortest run known to violate each check; -1 for none. A shorter one found later replaces it. */
export class Violations {
  readonly lengths: Int32Array;
  /** For each check the state that such a run comes to before its violating step, if whoever recorded it said so; else -1. */
  readonly states: Int32Array;

  constructor(checks: number) {
    this.lengths = new Int32Array(checks).fill(-1);
    this.states = new Int32Array(checks).fill(-1);
  }

  record(check: number, length: number, state = -1): void {
    const known = this.lengths[check]!;
    if (known >= 0 && length >= known) return;
    this.lengths[check] = length;
    this.states[check] = state;
  }

  /** Records the checks whose bits are set in the n-th word of 31 checks. */
  recordMask(mask: number, n: number, length: number, state = -1): void {
    for (let rest = mask; rest !== 0; rest &= rest - 1) {
      this.record(n * 31 + 31 - Math.clz32(rest & -rest), length, state);
    }
  }

  /** Numbers of the checks that are violated. */
  get violated(): number[] {
    return [...this.lengths.keys()].filter((check) => this.lengths[check]! >= 0);
  }

  get any(): boolean {
    return this.lengths.some((length) => length >= 0);
  }

  save(): SavedViolations {
    return { lengths: [...this.lengths], witnesses: [...this.states] };
  }

  restore({ lengths, witnesses }: SavedViolations): void {
    this.lengths.set(lengths);
    this.states.set(witnesses);
  }
}

/** By check, as in Violations. */
export interface SavedViolations {
  readonly lengths: readonly number[];
  readonly witnesses: readonly number[];
}
