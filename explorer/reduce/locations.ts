import { elements } from '../../model/language/variable.ts';
import type { Program } from '../program/program.ts';

/** A set of locations, as bits. */
export class LocationSet {
  readonly words: Int32Array;
  constructor(size: number) {
    this.words = new Int32Array(Math.ceil(size / 32));
  }
  add(location: number): void {
    this.words[location >>> 5]! |= 1 << (location & 31);
  }
  has(location: number): boolean {
    return ((this.words[location >>> 5]! >>> (location & 31)) & 1) === 1;
  }
  /** Ascending. */
  members(): number[] {
    const found: number[] = [];
    this.words.forEach((word, w) => {
      for (let left = word; left !== 0; left &= left - 1) found.push(w * 32 + 31 - Math.clz32(left & -left));
    });
    return found;
  }
  /** Tells whether the set has grown. */
  addAll(other: LocationSet): boolean {
    let grown = false;
    for (let w = 0; w < this.words.length; w++) {
      const more = this.words[w]! | other.words[w]!;
      grown ||= more !== this.words[w];
      this.words[w] = more;
    }
    return grown;
  }
  meets(other: LocationSet): boolean {
    for (let w = 0; w < this.words.length; w++) if ((this.words[w]! & other.words[w]!) !== 0) return true;
    return false;
  }
}

/** Numbers everything by which a step of one thread can be felt by another: shared elements, ends of threads, monitors. */
export class Locations {
  readonly size: number;
  private readonly first = new Map<string, number>();
  private readonly firstEnd: number;
  private readonly firstMonitor: number;

  constructor(program: Program) {
    let n = 0;
    for (const variable of program.system.shared) {
      this.first.set(variable.name, n);
      n += elements(variable);
    }
    this.firstEnd = n;
    this.firstMonitor = n + program.threads.length;
    this.size = this.firstMonitor + program.monitors.length;
  }

  element(variable: string, element: number): number {
    return this.first.get(variable)! + element;
  }
  /** Whether a thread has ended. */
  end(thread: number): number {
    return this.firstEnd + thread;
  }
  monitor(monitor: number): number {
    return this.firstMonitor + monitor;
  }
  none(): LocationSet {
    return new LocationSet(this.size);
  }
}
