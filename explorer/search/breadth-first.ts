import { coverageFrom, coverageText, type Position } from '../checkpoint/position.ts';
import type { Options } from '../options.ts';
import type { Reason } from '../outcome.ts';
import { initialConfiguration } from '../program/configuration.ts';
import { brokenConditions } from '../program/judge.ts';
import { CourseNotes } from './course.ts';
import { DeadlockJudge } from './deadlock.ts';
import type { GrowingGraph } from './level-graph.ts';
import { isOutOfMemory } from './out-of-memory.ts';
import { bytesOfPass } from './rest.ts';
import { Violations } from './violations.ts';

/** How a search ended. */
export interface Ended {
  readonly reason: Reason;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
}

/** Keeps what a search goes on from. */
export interface Keep {
  readonly due: () => boolean;
  readonly save: (position: Position) => void;
}

/** Visits all states of a graph level by level, in batches. */
export class BreadthFirst<Graph extends GrowingGraph = GrowingGraph> {
  readonly graph: Graph;
  readonly violations: Violations;
  readonly deadlocks: DeadlockJudge;
  readonly course = new CourseNotes('depth');
  private readonly options: Options;
  private readonly wanted: readonly number[];
  private readonly started = performance.now();
  private told = this.started;
  private transitions = 0;
  /** States of two neighbouring levels, at most. */
  private widest = 0;
  /** Keeps the start of the level that was visited last. */
  leave: () => void = () => {};
  /** Seconds of the search that this one goes on with. */
  private before = 0;

  /** `wanted`: the search ends with the level on which the last of these checks is violated. */
  constructor(graph: Graph, options: Options, wanted: readonly number[] = []) {
    const { program } = graph;
    this.graph = graph;
    this.options = options;
    this.wanted = wanted;
    this.violations = new Violations(program.checks.length);
    this.deadlocks = new DeadlockJudge(program);
    for (const check of brokenConditions(program, initialConfiguration(program))) {
      this.violations.record(check, 0);
    }
  }

  get seconds(): number {
    return this.before + this.elapsed / 1000;
  }

  /** Milliseconds since the search began or went on. */
  get elapsed(): number {
    return performance.now() - this.started;
  }

  /** Goes on from a position; the graph has its states already. */
  restore(position: Position): void {
    this.graph.levels.splice(0, this.graph.levels.length, ...position.levels);
    this.graph.coverage.set(coverageFrom(position.coverage));
    this.transitions = position.transitions;
    this.violations.restore(position);
    this.course.restore(position.course);
    this.before = position.seconds;
  }

  /**
   * Runs the search, with a pause after each batch; what it returns is final. What `keep` is given to go on from is the start of the
   * level, whatever was seen of it: that is the same in every search.
   */
  *run(keep: Keep | null = null): Generator<void, Ended, void> {
    try {
      return yield* this.visitLevels(keep);
    } finally {
      this.graph.close?.();
    }
  }

  private *visitLevels(keep: Keep | null): Generator<void, Ended, void> {
    const { graph, options } = this;
    for (let level = graph.levels.length - 1; ; level++) {
      const from = graph.levels[level]!;
      const to = graph.count;
      if (from === to) return this.end(null, level - 1);
      graph.levels[level + 1] = to;
      const violations = this.violations.save();
      const coverage = graph.coverage.slice();
      const transitions = this.transitions;
      this.course.note(level, to, coverage, this.violations.violated);
      this.leave = () =>
        keep?.save({
          levels: graph.levels.slice(0, level + 1),
          states: to,
          transitions,
          ...violations,
          coverage: coverageText(coverage),
          course: this.course.before(level),
          seconds: this.seconds,
        });
      const interrupted = this.interruption();
      if (interrupted !== null) {
        this.leave();
        return this.end(interrupted, level);
      }
      let expanded = from;
      try {
        for (const batch of graph.visitLevel(from, to, level + 1, this.violations, (s) =>
          this.stuck(s, level),
        )) {
          expanded += batch.expanded;
          this.transitions += batch.successors;
          const reached = this.bound(level, to);
          if (reached !== null) {
            // A bound cuts at the last complete level: what was seen of the next one depends on the order of the search.
            this.violations.restore(violations);
            this.judgeDeadlocks(from, to, level);
            graph.coverage.set(coverage);
            this.course.note(level, to, coverage, this.violations.violated);
            return { reason: reached, states: to, transitions, depth: level };
          }
          this.tell(level, expanded);
          yield;
          const reason = expanded < to ? this.interruption() : null;
          if (reason !== null || keep?.due()) this.leave();
          if (reason !== null) return this.end(reason, graph.count > to ? level + 1 : level);
        }
      } catch (error) {
        if (!isOutOfMemory(error)) throw error;
        this.leave();
        return this.end('memory', graph.count > to ? level + 1 : level);
      }
      this.widest = Math.max(this.widest, graph.count - from);
      const enough = this.wanted.length > 0 && this.wanted.every((c) => this.violations.lengths[c]! >= 0);
      if ((enough || (options.first && this.violations.any)) && graph.count > to) {
        return this.end('first', level + 1);
      }
    }
  }

  private end(reason: Reason, depth: number): Ended {
    const { graph, transitions } = this;
    this.course.note(depth, graph.count, graph.coverage, this.violations.violated);
    return { reason, states: graph.count, transitions, depth };
  }

  /** Ends that depend on the machine and the moment. */
  private interruption(): Reason {
    const { signal, timeout, memory } = this.options;
    if (signal?.aborted) return 'interrupted';
    if (this.elapsed >= timeout) return 'timeout';
    return this.graph.bytesAhead + this.reserve > memory ? 'memory' : null;
  }

  /** Bytes that the passes for one run to show will take: they work on two neighbouring levels at a time. */
  get reserve(): number {
    return this.widest * bytesOfPass(this.graph.program.threads.length);
  }

  /** Runs that can be looked for at once; at least one. */
  get together(): number {
    return Math.max(1, Math.floor(this.room / Math.max(1, this.reserve)));
  }

  /** Bytes that are left for the passes after the search. */
  get room(): number {
    return this.options.memory - this.graph.bytes;
  }

  private bound(level: number, to: number): Reason {
    const { count } = this.graph;
    if (count > this.options.maxStates) return 'max-states';
    return level >= this.options.maxDepth && count > to ? 'max-depth' : null;
  }

  private stuck(state: number, level: number): void {
    if (this.deadlocks.idle || this.graph.isFinal(state)) return;
    for (const check of this.deadlocks.judge(this.graph.configuration(state)).checks) {
      this.violations.record(check, level, state);
    }
  }

  /** Judges a level whose successors are not stored: a run that gets stuck in it is within the bound. */
  private judgeDeadlocks(from: number, to: number, level: number): void {
    if (this.deadlocks.idle) return;
    for (let state = from; state < to; state++) {
      if (this.graph.expandOne(state) === 0) this.stuck(state, level);
    }
  }

  private tell(depth: number, expanded: number): void {
    const now = performance.now();
    if (now - this.told < 1000) return;
    this.told = now;
    const { count: states, bytes, coverage } = this.graph;
    const { transitions, seconds } = this;
    const branches = coverage.reduce((sum, taken) => sum + taken, 0);
    this.options.progress({ states, transitions, depth, queue: states - expanded, branches, bytes, seconds });
  }
}
