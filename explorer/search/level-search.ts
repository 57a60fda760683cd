import { compile } from '../compile/compile.ts';
import type { Options } from '../options.ts';
import type { Reason } from '../outcome.ts';
import { initialConfiguration } from '../program/configuration.ts';
import { brokenConditions } from '../program/judge.ts';
import type { Program } from '../program/program.ts';
import { DeadlockJudge } from './deadlock.ts';
import { BATCH, Graph } from './graph.ts';
import { Violations } from './violations.ts';

/** How a search ended. */
export interface Ended {
  readonly reason: Reason;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
}

/**
 * Visits all states level by level. The successors of a batch of states are made first, then the memory that their storing
 * needs is brought near, then they are stored; breadth first allows that, depth first does not.
 */
export class BreadthFirst {
  readonly graph: Graph;
  readonly violations: Violations;
  readonly deadlocks: DeadlockJudge;
  private readonly options: Options;
  private readonly hashes: Int32Array;
  private readonly started = performance.now();
  private told = this.started;
  private transitions = 0;

  constructor(program: Program, options: Options) {
    this.options = options;
    this.graph = new Graph(compile(program, options.reduce === 'all'));
    this.violations = new Violations(program.checks.length);
    this.deadlocks = new DeadlockJudge(program);
    this.hashes = new Int32Array(this.graph.buffers.moves.length);
    for (const check of brokenConditions(program, initialConfiguration(program)))
      this.violations.record(check, 0);
  }

  get seconds(): number {
    return (performance.now() - this.started) / 1000;
  }

  /** Runs the search, with a pause after each batch; what it returns is final. */
  *run(): Generator<void, Ended, void> {
    const { graph, options } = this;
    for (let level = 0; ; level++) {
      const from = graph.levels[level]!;
      const to = graph.store.count;
      if (from === to) return this.end(null, level - 1);
      graph.levels[level + 1] = to;
      const violations = this.violations.save();
      const coverage = graph.buffers.coverage.slice();
      const transitions = this.transitions;
      for (let at = from; at < to; at += BATCH) {
        const reason = this.interruption();
        if (reason !== null) return this.end(reason, graph.store.count > to ? level + 1 : level);
        this.batch(at, Math.min(at + BATCH, to), level);
        const reached = this.bound(level, to);
        if (reached !== null) {
          // A bound cuts at the last complete level: what was seen of the next one depends on the order of the search.
          this.violations.restore(violations);
          graph.buffers.coverage.set(coverage);
          this.transitions = transitions;
          this.judgeDeadlocks(from, to, level);
          graph.buffers.coverage.set(coverage);
          return { reason: reached, states: to, transitions, depth: level };
        }
        this.tell(level, at);
        yield;
      }
      if (options.first && this.violations.any && graph.store.count > to) return this.end('first', level + 1);
    }
  }

  private end(reason: Reason, depth: number): Ended {
    return { reason, states: this.graph.store.count, transitions: this.transitions, depth };
  }

  /** Ends that depend on the machine and the moment. */
  private interruption(): Reason {
    const { signal, timeout, memory } = this.options;
    if (signal?.aborted) return 'interrupted';
    if (performance.now() - this.started >= timeout) return 'timeout';
    if (this.graph.store.bytesFor(this.graph.buffers.moves.length) > memory) return 'memory';
    return null;
  }

  private bound(level: number, to: number): Reason {
    const { count } = this.graph.store;
    if (count > this.options.maxStates) return 'max-states';
    return level >= this.options.maxDepth && count > to ? 'max-depth' : null;
  }

  private batch(from: number, to: number, level: number): void {
    const { graph, hashes } = this;
    const { store, code, compiled } = graph;
    const { states, masks } = graph.buffers;
    const { words, maskWords } = compiled;
    let n = 0;
    for (let state = from; state < to; state++) {
      const before = n;
      n = code.expand(store.chunkOf(state), store.offsetOf(state), n);
      if (n === before) this.judgeStuck(state, level);
    }
    this.transitions += n;
    for (let j = 0; j < n; j++) hashes[j] = code.hash(states, j * words);
    for (let w = 0; w < n * maskWords; w++) {
      if (masks[w] !== 0) {
        const j = Math.floor(w / maskWords);
        this.violations.recordMask(masks, j * maskWords, maskWords, level + 1);
        w = (j + 1) * maskWords - 1;
      }
    }
    store.reserve(n);
    store.touch(hashes, n);
    for (let j = 0; j < n; j++) store.add(states, j * words, hashes[j]!);
  }

  private judgeStuck(state: number, level: number): void {
    if (this.deadlocks.idle || this.graph.isFinal(state)) return;
    for (const check of this.deadlocks.judge(this.graph.configuration(state)).checks) {
      this.violations.record(check, level);
    }
  }

  /** Judges a level whose successors are not stored: runs that end in it are within the bound. */
  private judgeDeadlocks(from: number, to: number, level: number): void {
    if (this.deadlocks.idle) return;
    for (let state = from; state < to; state++) {
      if (this.graph.expandOne(state) === 0) this.judgeStuck(state, level);
    }
  }

  private tell(level: number, at: number): void {
    const now = performance.now();
    if (now - this.told < 1000) return;
    this.told = now;
    const { count, bytes } = this.graph.store;
    const { transitions, seconds } = this;
    this.options.progress({ states: count, transitions, depth: level, queue: count - at, bytes, seconds });
  }
}
