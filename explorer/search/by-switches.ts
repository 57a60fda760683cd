import type { Options } from '../options.ts';
import type { Reason } from '../outcome.ts';
import { initialConfiguration } from '../program/configuration.ts';
import { brokenConditions } from '../program/judge.ts';
import { BATCH } from './batch.ts';
import { CourseNotes } from './course.ts';
import { DeadlockJudge } from './deadlock.ts';
import { atMost, type Cost, FewestSwitches } from './fewest-switches.ts';
import { LeastSteps } from './least-steps.ts';
import type { GrowingGraph } from './level-graph.ts';
import { isOutOfMemory } from './out-of-memory.ts';
import { Buckets, Nodes } from './switch-rounds.ts';

/** How a search by switches ended. */
export interface EndedBySwitches {
  readonly reason: Reason;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** All runs with at most that many switches were seen; -1 for none. */
  readonly switches: number;
  /** Were all runs of that cost and of lesser cost seen? */
  readonly seen: (cost: Cost) => boolean;
}

/**
 * Visits all runs with no switch from one thread to another, then those with one, and so on; among those with equally many the
 * short ones first (Qadeer and Rehof, Context-bounded model checking of concurrent software, 2005). A node is a state with
 * the thread that came there. One that is reached again with no fewer switches is not visited again: whatever follows, follows
 * from the first visit as well. Under a bound on steps it is, if it is reached with fewer steps.
 */
export class BySwitches {
  readonly graph: GrowingGraph;
  readonly violations: FewestSwitches;
  readonly deadlocks: DeadlockJudge;
  readonly nodes: Nodes;
  readonly course = new CourseNotes('switches');
  readonly rounds: (Int32Array | undefined)[][] = [];
  private readonly options: Options;
  private readonly counted: boolean;
  /** Nodes of this round and of those before it; nodes that wait for the next. */
  private readonly visited: LeastSteps;
  private readonly waiting: LeastSteps;
  private readonly expanded = new LeastSteps(false);
  private here = new Buckets();
  private next = new Buckets();
  private readonly started = performance.now();
  private told = this.started;
  private transitions = 0;
  private depth = 0;
  private visits = 0;
  private beyond: Reason = null;
  /** All runs of this cost and of lesser cost were seen. */
  private done: Cost = { switches: 0, steps: 0 };

  constructor(graph: GrowingGraph, options: Options) {
    const { program } = graph;
    this.graph = graph;
    this.options = options;
    this.counted = options.maxDepth !== Number.POSITIVE_INFINITY;
    this.visited = new LeastSteps(this.counted);
    this.waiting = new LeastSteps(this.counted);
    this.nodes = new Nodes(graph);
    this.violations = new FewestSwitches(program.checks.length);
    this.deadlocks = new DeadlockJudge(program);
    for (const check of brokenConditions(program, initialConfiguration(program))) {
      this.violations.record(check, { switches: 0, steps: 0 });
    }
  }

  get seconds(): number {
    return (performance.now() - this.started) / 1000;
  }

  get bytes(): number {
    return this.graph.bytes + this.ownBytes;
  }

  /** Runs the search, with a pause after each batch; what it returns is final. */
  *run(): Generator<void, EndedBySwitches, void> {
    try {
      return yield* this.visitAll();
    } catch (error) {
      if (!isOutOfMemory(error)) throw error;
      // The round under way is the last of them.
      return this.end('memory', this.rounds.length - 2);
    }
  }

  private *visitAll(): Generator<void, EndedBySwitches, void> {
    const { graph, options } = this;
    this.next.push(0, this.nodes.start);
    for (let switches = 0; ; switches++) {
      const arrived = this.next;
      this.next = new Buckets();
      this.here = new Buckets();
      const round: (Int32Array | undefined)[] = [];
      this.rounds.push(round);
      for (let steps = 0; steps < Math.max(arrived.length, this.here.length); steps++) {
        const bucket = this.bucket(steps, arrived);
        if (bucket.length === 0) continue;
        round[steps] = bucket;
        this.visits += bucket.length;
        const saved = { costs: [...this.violations.costs], coverage: graph.coverage.slice() };
        const before = { states: graph.count, transitions: this.transitions, depth: this.depth };
        this.depth = Math.max(this.depth, steps);
        const cost = { switches, steps };
        for (let at = 0; at < bucket.length; at++) {
          if (at % BATCH === 0) {
            const reason = this.interruption();
            if (reason !== null) {
              round[steps] = bucket.subarray(0, at);
              return this.end(reason, switches - 1);
            }
            this.tell(steps, bucket.length - at);
            yield;
          }
          this.visit(bucket[at]!, cost);
          if (graph.count > options.maxStates) {
            // As in the other searches a bound cuts where what was seen can be said: before the states of this cost.
            round[steps] = undefined;
            this.violations.costs.splice(0, saved.costs.length, ...saved.costs);
            graph.coverage.set(saved.coverage);
            const ended = { ...this.end('max-states', switches - 1), ...before };
            this.course.note(switches, before.states, graph.coverage, this.violations.violated);
            return ended;
          }
        }
        this.done = { switches, steps: steps + 1 };
        if (options.first && this.violations.costs.some((c) => c && atMost(c, this.done))) {
          return this.end('first', switches - 1);
        }
      }
      this.done = { switches, steps: Number.POSITIVE_INFINITY };
      this.course.note(switches, graph.count, graph.coverage, this.violations.violated);
      if (this.next.length === 0) return this.end(yield* this.cut(), switches);
    }
  }

  /** The nodes of this round with that many steps: those that came without a switch, and those that waited for the round. */
  private bucket(steps: number, arrived: Buckets): Int32Array {
    const late = arrived.take(steps).filter((node) => this.visited.lower(node, steps));
    const stayed = this.here.take(steps);
    const bucket = new Int32Array(stayed.length + late.length);
    bucket.set(stayed);
    bucket.set(late, stayed.length);
    return bucket.sort();
  }

  private visit(node: number, cost: Cost): void {
    const { graph, nodes, options } = this;
    const state = nodes.stateOf(node);
    const last = nodes.lastOf(node);
    const first = this.expanded.lower(state, 0);
    const cuts = cost.steps >= options.maxDepth || cost.switches >= options.maxSwitches;
    const coverage = cuts ? graph.coverage.slice() : null;
    const count = graph.expandOne(state);
    if (coverage) this.uncover(coverage, cost.steps >= options.maxDepth ? -1 : last);
    if (first) this.transitions += count;
    if (count === 0) this.stuck(state, cost);
    for (let j = 0; j < count; j++) {
      const thread = graph.threadOf(j);
      const more = nodes.switch(last, thread);
      // The first visit of the state has seen these steps with as few switches and steps.
      if (more === 1 && !first && !this.counted) continue;
      this.take(j, thread, { switches: cost.switches + more, steps: cost.steps + 1 }, more);
    }
  }

  private take(j: number, thread: number, cost: Cost, more: 0 | 1): void {
    const { graph, options, violations } = this;
    if (cost.steps > options.maxDepth) this.beyond ??= 'max-depth';
    if (cost.switches > options.maxSwitches) this.beyond = 'max-switches';
    if (cost.steps > options.maxDepth || cost.switches > options.maxSwitches) return;
    if (graph.violatesAny(j)) {
      for (const { number } of graph.program.checks) {
        if (graph.violates(j, number)) violations.record(number, cost);
      }
    }
    const node = this.nodes.of(graph.keep(j), thread);
    if (more === 0) {
      if (this.visited.lower(node, cost.steps)) this.here.push(cost.steps, node);
    } else if (!this.visited.reached(node, cost.steps) && this.waiting.lower(node, cost.steps)) {
      this.next.push(cost.steps, node);
    }
  }

  /** Takes back what an expansion noted of steps that are beyond a bound: those of all threads but `thread`. */
  private uncover(before: Uint8Array, thread: number): void {
    if (thread === this.nodes.threads) return;
    const { coverage, program } = this.graph;
    const branches = program.threads.map((t) =>
      t.places.reduce((n, p) => n + p.events.reduce((m, e) => m + e.branches.length, 0), 0),
    );
    const from = thread < 0 ? 0 : branches.slice(0, thread).reduce((a, b) => a + b, 0);
    const to = thread < 0 ? 0 : from + branches[thread]!;
    coverage.set(before.subarray(0, from));
    coverage.set(before.subarray(to), to);
  }

  private stuck(state: number, cost: Cost): void {
    if (this.deadlocks.idle || this.graph.isFinal(state)) return;
    for (const check of this.deadlocks.judge(this.graph.configuration(state)).checks) {
      this.violations.record(check, cost);
    }
  }

  /**
   * Did the bounds keep anything from being seen? A step beyond a bound may lead to a state that was visited all the same, and violate
   * what is known to be violated; if all do, every state and every step was judged.
   */
  private *cut(): Generator<void, Reason, void> {
    if (this.beyond === null) return null;
    const { graph } = this;
    const coverage = graph.coverage.slice();
    const known = (check: number): boolean => this.violations.costs[check] !== null;
    for (let state = 0; state < graph.count; state++) {
      if (state % BATCH === 0) {
        const reason = this.interruption();
        if (reason !== null) {
          graph.coverage.set(coverage);
          return reason;
        }
        yield;
      }
      const count = graph.expandOne(state);
      for (let j = 0; j < count; j++) {
        const news =
          graph.violatesAny(j) &&
          graph.program.checks.some((c) => graph.violates(j, c.number) && !known(c.number));
        if (!news && graph.successor(j) >= 0) continue;
        graph.coverage.set(coverage);
        return this.beyond;
      }
    }
    return null;
  }

  private end(reason: Reason, switches: number): EndedBySwitches {
    const { transitions, depth, done, graph, violations } = this;
    // Of a round that was not finished the note is one of its own.
    if (reason !== 'max-switches' && reason !== 'max-depth' && reason !== null) {
      this.course.note(switches + 1, graph.count, graph.coverage, violations.violated);
    }
    const seen = (cost: Cost): boolean => atMost(cost, done);
    return { reason, states: graph.count, transitions, depth, switches, seen };
  }

  private get ownBytes(): number {
    return (
      this.visited.bytes +
      this.waiting.bytes +
      this.expanded.bytes +
      this.here.bytes +
      this.next.bytes +
      this.visits * 4
    );
  }

  private interruption(): Reason {
    const { signal, timeout, memory } = this.options;
    if (signal?.aborted) return 'interrupted';
    if (performance.now() - this.started >= timeout) return 'timeout';
    return this.graph.bytesAhead + this.ownBytes > memory ? 'memory' : null;
  }

  private tell(depth: number, queue: number): void {
    const now = performance.now();
    if (now - this.told < 1000) return;
    this.told = now;
    const { transitions, seconds, bytes } = this;
    const { count: states, coverage } = this.graph;
    const branches = coverage.reduce((sum, taken) => sum + taken, 0);
    this.options.progress({ states, transitions, depth, queue, branches, bytes, seconds });
  }
}
