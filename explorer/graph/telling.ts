import type { Configuration } from '../program/configuration.ts';
import { brokenConditions } from '../program/judge.ts';
import { type Program, placeOf } from '../program/program.ts';
import { DeadlockJudge } from '../search/deadlock.ts';
import type { GraphEdge, GraphNode } from './graph.ts';
import { shapeOf, shapeVariables } from './shape.ts';

/** What a graph tells of a state by itself. */
export type ToldState = Pick<GraphNode, 'label' | 'shape' | 'final' | 'deadlock' | 'violates'>;
/** What a graph tells of a step by itself. */
export type ToldStep = Omit<GraphEdge, 'from' | 'to' | 'steps' | 'onRun'>;

/** Puts states and steps of one program into words. */
export class Telling {
  private readonly program: Program;
  private readonly deadlocks: DeadlockJudge;
  /** The shape of a state. */
  readonly shape: (now: Configuration) => string;

  /** `shape`: names of variables instead of those that the system says make up its shape. */
  constructor(program: Program, shape: readonly string[] = shapeVariables(program)) {
    this.program = program;
    this.deadlocks = new DeadlockJudge(program);
    this.shape = shapeOf(program, shape);
  }

  /** Where the threads stand. */
  places(now: Configuration): string {
    return this.program.threads
      .map((thread) => `${thread.id} ${placeOf(thread, now.threads[thread.number]!.place).name}`)
      .join(', ');
  }

  /** A state from which so many steps are possible. */
  state(now: Configuration, steps: number): ToldState {
    const { checks, threads } = this.program;
    const final = threads.every((t) => placeOf(t, now.threads[t.number]!.place).final !== null);
    const stuck = steps === 0 && !final ? this.deadlocks.judge(now) : null;
    const broken = new Set([...brokenConditions(this.program, now), ...(stuck?.checks ?? [])]);
    return {
      label: this.places(now),
      shape: this.shape(now),
      final,
      deadlock: stuck !== null && stuck.waiting.length > 0,
      violates: checks.filter((c) => broken.has(c.number)).map((c) => c.declared.name),
    };
  }

  /** A step of a thread from a place. */
  step(thread: number, place: number, event: number, violates: (check: number) => boolean): ToldStep {
    const mover = this.program.threads[thread]!;
    const { name, meta, events } = mover.places[place]!;
    return {
      thread: mover.id,
      event: events[event]!.name,
      step: name,
      says: meta?.says ?? '',
      function: meta?.function ?? '',
      file: meta?.file ?? '',
      line: meta?.line ?? 0,
      violates: this.program.checks.filter((c) => violates(c.number)).map((c) => c.declared.name),
    };
  }
}
