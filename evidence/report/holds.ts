/** What the hold bars need to know of a step. */
interface Locking {
  readonly n: number;
  readonly cpu: number;
  readonly acquires: readonly string[];
  readonly releases: readonly string[];
  readonly changes: readonly { readonly location: string; readonly after: string }[];
}

/** A lock in the hands of a CPU, from the step that acquires it to the one that releases it. */
export interface Hold {
  readonly lock: string;
  readonly cpu: number;
  readonly from: number;
  /** Null if it is still held at the end. */
  readonly to: number | null;
  /** Others may hold it at the same time. */
  readonly shared: boolean;
  /** The bar beside the lane: holds that overlap stand on different ones, counted from 0. */
  readonly track: number;
}

/** All holds of a trace in the order in which they begin. */
export function holdsOf(steps: readonly Locking[]): readonly Hold[] {
  const holds: (Omit<Hold, 'to'> & { to: number | null })[] = [];
  for (const step of steps) {
    for (const lock of step.releases) {
      const held = holds.findLast((h) => h.lock === lock && h.cpu === step.cpu && h.to === null);
      if (held) held.to = step.n;
    }
    for (const lock of step.acquires) {
      const after = step.changes.find((change) => change.location === lock)?.after ?? '';
      const taken = new Set(holds.filter((h) => h.cpu === step.cpu && h.to === null).map((h) => h.track));
      let track = 0;
      while (taken.has(track)) track++;
      // A reader-writer lock counts its readers upwards; an owner stands there by name, a writer as -1.
      const shared = /^[1-9]\d*$/.test(after);
      holds.push({ lock, cpu: step.cpu, from: step.n, to: null, shared, track });
    }
  }
  return holds;
}
