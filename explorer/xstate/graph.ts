import { type Configuration, initialConfiguration } from '../program/configuration.ts';
import type { Program } from '../program/program.ts';
import { placeOf } from '../program/program.ts';
import { inBatches, numbers } from '../search/batch.ts';
import type { GrowingGraph, Visited } from '../search/level-graph.ts';
import type { Violations } from '../search/violations.ts';
import { type XStateStep, xstateSuccessors } from './successors.ts';

/** Bytes that a state takes here, roughly: a key, the objects, the map. */
const BYTES_PER_STATE = 4000;

/** The state graph as plain objects, grown by XState alone. For small systems, and to check the generated code against. */
export class XStateGraph implements GrowingGraph {
  readonly program: Program;
  readonly levels: number[] = [0];
  readonly coverage: Uint8Array;
  private readonly states: Configuration[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly dead: readonly (readonly ReadonlySet<string>[])[];
  private steps: readonly XStateStep[] = [];

  /** `dead`: by thread and place, locals to reset on arrival; empty for the system as written. */
  constructor(program: Program, dead: readonly (readonly ReadonlySet<string>[])[]) {
    this.program = program;
    this.dead = dead;
    this.coverage = new Uint8Array(program.branches);
    this.add(initialConfiguration(program));
  }

  get count(): number {
    return this.states.length;
  }

  get bytes(): number {
    return this.count * BYTES_PER_STATE;
  }

  get bytesAhead(): number {
    return this.bytes;
  }

  visit(
    from: number,
    to: number,
    length: number,
    violations: Violations,
    stuck: (state: number) => void,
  ): number {
    let taken = 0;
    for (let state = from; state < to; state++) {
      taken += this.expandOne(state);
      if (this.steps.length === 0) stuck(state);
      for (const step of this.steps) {
        for (const check of step.violated) violations.record(check, length);
        this.add(step.to);
      }
    }
    return taken;
  }

  visitLevel(...level: Parameters<GrowingGraph['visitLevel']>): Generator<Visited, void, void> {
    return inBatches(this, ...level);
  }

  endOf(level: number): number {
    return this.levels[level + 1] ?? this.count;
  }

  configuration(state: number): Configuration {
    return this.states[state]!;
  }

  placeOf(state: number, thread: number): number {
    return this.states[state]!.threads[thread]!.place;
  }

  isFinal(state: number): boolean {
    return this.program.threads.every((t) => placeOf(t, this.placeOf(state, t.number)).final !== null);
  }

  expandOne(state: number): number {
    this.steps = xstateSuccessors(this.program, this.states[state]!).map((step) => ({
      ...step,
      to: this.withoutDead(step.to, step.thread),
    }));
    for (const { branch } of this.steps) this.coverage[branch.number] = 1;
    return this.steps.length;
  }

  successor(j: number): number {
    return this.numbers.get(JSON.stringify(this.steps[j]!.to)) ?? -1;
  }

  keep(j: number): number {
    this.add(this.steps[j]!.to);
    return this.successor(j);
  }

  /** The state that successor j is, stored or not. */
  target(j: number): Configuration {
    return this.steps[j]!.to;
  }

  candidates(from: number, to: number): Iterable<number> {
    return numbers(from, to);
  }

  filterOf(): (j: number) => boolean {
    return () => true;
  }

  violatesAny(j: number): boolean {
    return this.steps[j]!.violated.length > 0;
  }

  violates(j: number, check: number): boolean {
    return this.steps[j]!.violated.includes(check);
  }

  threadOf(j: number): number {
    return this.steps[j]!.thread;
  }

  threadAfter(j: number): number {
    return this.threadOf(j);
  }

  eventOf(j: number): number {
    return this.steps[j]!.event.number;
  }

  private add(state: Configuration): void {
    const key = JSON.stringify(state);
    if (this.numbers.has(key)) return;
    this.numbers.set(key, this.states.length);
    this.states.push(state);
  }

  private withoutDead(now: Configuration, thread: number): Configuration {
    const { place, local } = now.threads[thread]!;
    const dead = this.dead[thread]?.[place];
    if (!dead || dead.size === 0) return now;
    const reset = { ...local };
    for (const l of this.program.threads[thread]!.locals) if (dead.has(l.name)) reset[l.name] = l.initial;
    return { ...now, threads: now.threads.with(thread, { place, local: reset }) };
  }
}
