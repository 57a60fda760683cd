import type { Bound, Buffers, Compiled } from '../compile/compile.ts';
import { placeIn, unpack } from '../compile/layout.ts';
import type { Options } from '../options.ts';
import type { Move, Reason } from '../outcome.ts';
import { initialConfiguration } from '../program/configuration.ts';
import { brokenConditions } from '../program/judge.ts';
import { DistinctEstimate } from '../store/distinct-estimate.ts';
import { secondHash } from '../store/second-hash.ts';
import { BATCH } from './batch.ts';
import { CourseNotes } from './course.ts';
import { DeadlockJudge } from './deadlock.ts';
import { Xoshiro128 } from './xoshiro.ts';

/** Steps after which a walk is given up that does not end: machines may go round. */
const LONGEST_WALK = 10_000;

/**
 * Walks from the initial state, each to its end or to the bound on its length; every event that some thread can take is
 * equally likely at each step. A walk goes on after a violation.
 */
export class RandomWalks {
  readonly found: (readonly Move[] | undefined)[];
  readonly course = new CourseNotes('walks');
  readonly distinct = new DistinctEstimate();
  /** One byte for each branch, 1 once it is taken. */
  readonly coverage: Uint8Array;
  walks = 0;
  ended = 0;
  steps = 0;
  longest = 0;
  private readonly compiled: Compiled;
  private readonly options: Options;
  private readonly code: Bound;
  private readonly buffers: Buffers;
  private readonly random: Xoshiro128;
  private readonly deadlocks: DeadlockJudge;
  private readonly started = performance.now();
  private told = this.started;

  constructor(compiled: Compiled, options: Options) {
    const { program, widest, words, maskWords } = compiled;
    const most = Math.max(1, widest);
    this.compiled = compiled;
    this.options = options;
    this.buffers = {
      states: new Int32Array(most * words),
      masks: new Int32Array(most * maskWords),
      moves: new Int32Array(most),
      renamings: new Int32Array(most),
      coverage: new Uint8Array(program.branches),
    };
    this.coverage = new Uint8Array(program.branches);
    this.code = compiled.bind(this.buffers);
    this.random = Xoshiro128.seeded(options.seed);
    this.deadlocks = new DeadlockJudge(program);
    this.found = program.checks.map(() => undefined);
    for (const check of brokenConditions(program, initialConfiguration(program))) this.found[check] = [];
  }

  get seconds(): number {
    return (performance.now() - this.started) / 1000;
  }

  /** Takes the walks, with a pause now and then; gives why it ended. */
  *run(): Generator<void, Reason, void> {
    const { options } = this;
    const longest = Math.min(options.maxDepth, LONGEST_WALK);
    while (this.walks < options.sample) {
      const now = this.compiled.initial.slice();
      const moves: Move[] = [];
      this.meet(now);
      while (moves.length < longest && this.step(now, moves)) {
        this.steps++;
        if (this.steps % BATCH !== 0) continue;
        const reason = this.interruption();
        if (reason !== null) return reason;
        this.tell(moves.length);
        yield;
      }
      this.walks++;
      if (this.code.expand(now, 0, 0) === 0) {
        this.ended++;
        this.stuck(now, moves);
      }
      this.longest = Math.max(this.longest, moves.length);
      if (Number.isInteger(Math.log2(this.walks))) this.noteCourse();
      if (options.first && this.found.some((run) => run)) return 'first';
    }
    return 'sampled';
  }

  /** At each doubling, and in the end. */
  noteCourse(): void {
    const violated = [...this.found.keys()].filter((check) => this.found[check]);
    this.course.note(this.walks, this.distinct.count, this.coverage, violated);
  }

  /** Takes one step of a walk, if there is one. */
  private step(now: Int32Array, moves: Move[]): boolean {
    const { buffers, compiled, random } = this;
    const { program, layout, words, maskWords } = compiled;
    buffers.coverage.fill(0);
    const count = this.code.expand(now, 0, 0);
    if (count === 0) return false;
    const j = random.below(count);
    const thread = buffers.moves[j]! >>> 16;
    const event =
      program.threads[thread]!.places[placeIn(layout, thread, now, 0)]!.events[buffers.moves[j]! & 0xffff]!;
    // Every event was tried; of the branches of one at most one was taken.
    for (const { number } of event.branches) if (buffers.coverage[number] === 1) this.coverage[number] = 1;
    moves.push({ thread, event: event.name });
    for (let w = 0; w < maskWords; w++) this.violated(buffers.masks[j * maskWords + w]!, w, moves);
    now.set(buffers.states.subarray(j * words, (j + 1) * words));
    this.meet(now);
    return true;
  }

  private meet(now: Int32Array): void {
    this.distinct.add(this.code.hash(now, 0), secondHash(now, 0, this.compiled.words));
  }

  private violated(mask: number, word: number, moves: readonly Move[]): void {
    for (let rest = mask; rest !== 0; rest &= rest - 1) {
      this.note(word * 31 + 31 - Math.clz32(rest & -rest), moves);
    }
  }

  /** Keeps the run if it is the shortest yet. */
  private note(check: number, moves: readonly Move[]): void {
    const known = this.found[check];
    if (!known || moves.length < known.length) this.found[check] = [...moves];
  }

  private stuck(now: Int32Array, moves: readonly Move[]): void {
    const { program, layout } = this.compiled;
    const final = program.threads.every((t) => t.places[placeIn(layout, t.number, now, 0)]!.final !== null);
    if (final || this.deadlocks.idle) return;
    for (const check of this.deadlocks.judge(unpack(program, layout, now, 0)).checks) this.note(check, moves);
  }

  private interruption(): Reason {
    const { signal, timeout } = this.options;
    if (signal?.aborted) return 'interrupted';
    return performance.now() - this.started >= timeout ? 'timeout' : null;
  }

  private tell(depth: number): void {
    const now = performance.now();
    if (now - this.told < 1000) return;
    this.told = now;
    const { seconds, steps: transitions } = this;
    const branches = this.coverage.reduce((sum, taken) => sum + taken, 0);
    const states = this.distinct.count;
    this.options.progress({ states, transitions, depth, queue: 0, branches, bytes: 0, seconds });
  }
}
