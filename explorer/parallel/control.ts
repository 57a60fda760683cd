/** Milliseconds after which a thread that waits looks again by itself. */
const WAIT = 20;
/** Looks at a word before a thread goes to sleep: what it waits for often comes within microseconds. */
const LOOKS = 2000;

/** Threads that have begun; below 0 if one could not. */
export const READY = 0;
const [GO, STOP, QUIT, COMMON] = [1, 2, 3, 4] as const;
/** Words of each thread: its bell, the level whose states it has expanded, the level it is done with, the states of that level. */
const [BELL, EXPANDED, DONE, FROM, TO, OWN] = [0, 1, 2, 3, 4, 5] as const;

/** The words by which threads that share a search agree. Levels are counted by `GO`. */
export class Control {
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly threads: number;

  constructor(threads: number, buffer?: SharedArrayBuffer) {
    this.threads = threads;
    const length = COMMON + threads * OWN + 2 * threads * threads;
    this.words = new Int32Array(buffer ?? new SharedArrayBuffer(length * 4));
  }

  /** Called by the first thread: everybody expands the states of a shard from and up to these numbers. */
  begin(from: readonly number[], to: readonly number[]): void {
    for (let t = 0; t < this.threads; t++) {
      this.words[this.of(t, FROM)] = from[t]!;
      this.words[this.of(t, TO)] = to[t]!;
    }
    Atomics.store(this.words, STOP, 0);
    Atomics.add(this.words, GO, 1);
    this.ringAll();
  }

  get level(): number {
    return Atomics.load(this.words, GO);
  }

  rangeOf(thread: number): readonly [from: number, to: number] {
    return [this.words[this.of(thread, FROM)]!, this.words[this.of(thread, TO)]!];
  }

  /** Nobody expands any more states of the level. */
  stop(): void {
    Atomics.store(this.words, STOP, 1);
    this.ringAll();
  }
  get stopped(): boolean {
    return Atomics.load(this.words, STOP) !== 0;
  }

  /** The threads are no longer needed. */
  quit(): void {
    Atomics.store(this.words, QUIT, 1);
    this.ringAll();
  }
  get quitted(): boolean {
    return Atomics.load(this.words, QUIT) !== 0;
  }

  ready(): void {
    Atomics.add(this.words, READY, 1);
    this.ringAll();
  }
  /** A thread could not begin: then none does. */
  get failed(): boolean {
    return Atomics.load(this.words, READY) < 0;
  }
  get allReady(): boolean {
    return Atomics.load(this.words, READY) === this.threads - 1;
  }

  hasExpanded(thread: number): void {
    Atomics.store(this.words, this.of(thread, EXPANDED), this.level);
    this.ringAll();
  }
  get allExpanded(): boolean {
    return this.all(EXPANDED);
  }

  isDone(thread: number): void {
    Atomics.store(this.words, this.of(thread, DONE), this.level);
    this.ringAll();
  }
  get allDone(): boolean {
    return this.all(DONE);
  }

  /** Batches that a thread has put out for another, and those of them that the other has fetched. */
  published(from: number, to: number): number {
    return Atomics.load(this.words, this.pair(from, to));
  }
  fetched(from: number, to: number): number {
    return Atomics.load(this.words, this.pair(from, to) + 1);
  }
  publish(from: number, to: number): void {
    Atomics.add(this.words, this.pair(from, to), 1);
    this.ring(to);
  }
  fetch(from: number, to: number): void {
    Atomics.add(this.words, this.pair(from, to) + 1, 1);
    this.ring(from);
  }

  /** Comes back soon after another thread rang, or after a moment; `until` is asked first and now and then. */
  wait(thread: number, until: () => boolean): void {
    const bell = this.of(thread, BELL);
    const heard = Atomics.load(this.words, bell);
    for (let n = 0; n < LOOKS; n++) if (until()) return;
    Atomics.wait(this.words, bell, heard, WAIT);
  }

  private ring(thread: number): void {
    const bell = this.of(thread, BELL);
    Atomics.add(this.words, bell, 1);
    Atomics.notify(this.words, bell);
  }

  private ringAll(): void {
    for (let t = 0; t < this.threads; t++) this.ring(t);
  }

  private all(what: number): boolean {
    const { level } = this;
    for (let t = 0; t < this.threads; t++) {
      if (Atomics.load(this.words, this.of(t, what)) !== level) return false;
    }
    return true;
  }

  private of(thread: number, what: number): number {
    return COMMON + thread * OWN + what;
  }

  private pair(from: number, to: number): number {
    return COMMON + this.threads * OWN + 2 * (from * this.threads + to);
  }
}
