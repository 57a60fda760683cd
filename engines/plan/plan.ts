import { readsEnded, walk } from '../../explorer/program/accesses.ts';
import { initialConfiguration, momentOf } from '../../explorer/program/configuration.ts';
import {
  type Program,
  type ProgramPlace,
  type ProgramThread,
  readSystem,
} from '../../explorer/program/program.ts';
import type { Expression } from '../../model/language/expression.ts';
import { evaluate } from '../../model/language/interpreter.ts';
import type { Condition, System } from '../../model/language/system.ts';
import { type Way, waysOf } from './ways.ts';

/** What is printed of a system besides its steps. */
export interface PrintOptions {
  /**
   * Print what the checks promise. Without it the text only counts: the monitors, which are part of the state, take their
   * steps, but nothing is asserted, so that no violation ends a search. Default: true.
   */
  readonly judge?: boolean;
}

/** A condition with the number of the check it belongs to. */
export interface PlanCondition extends Condition {
  readonly check: number;
  /** False in the initial state: a language that judges steps has to look before the first step as well. */
  readonly brokenAtStart: boolean;
}

/** One event of one place of one thread: at most one transition of a state. */
export interface PlanStep {
  readonly event: string;
  readonly ways: readonly Way[];
}
export interface PlanPlace {
  readonly place: ProgramPlace;
  readonly steps: readonly PlanStep[];
}
export interface PlanThread {
  readonly thread: ProgramThread;
  readonly places: readonly PlanPlace[];
}

/** A system made ready for printing: what all languages need to know and none has to find out again. */
export interface Plan {
  readonly program: Program;
  readonly judge: boolean;
  readonly threads: readonly PlanThread[];
  /** Conditions that must hold in every state, and in every state in which all threads have ended; none without judging. */
  readonly always: readonly PlanCondition[];
  readonly atEnd: readonly PlanCondition[];
  /** Threads of which a guard, an effect or a condition asks whether they have ended. */
  readonly asked: ReadonlySet<number>;
  /** Some thread may die in the middle: a thread that waits for what the dead one holds is then excused. */
  readonly canStop: boolean;
}

/** Reads a system for printing. */
export function planOf(system: System, options: PrintOptions = {}): Plan {
  const judge = options.judge ?? true;
  const program = readSystem(system);
  const start = momentOf(program, initialConfiguration(program));
  const conditions = (check: number, list: readonly Condition[]): PlanCondition[] =>
    list.map((condition) => ({
      ...condition,
      check,
      brokenAtStart: evaluate(condition.that, program.scope, start) === 0,
    }));
  const always = judge ? program.checks.flatMap((c) => conditions(c.number, c.always)) : [];
  const atEnd = judge ? program.checks.flatMap((c) => conditions(c.number, c.atEnd)) : [];
  const threads = program.threads.map((thread) => ({
    thread,
    places: thread.places.map((place) => ({
      place,
      steps: place.events.map(({ name, branches }) => ({
        event: name,
        ways: waysOf(program, thread, branches, judge, always),
      })),
    })),
  }));
  const asked = atEnd.length > 0 ? new Set(program.threads.map((t) => t.number)) : askedIn(threads);
  const canStop = program.threads.some(mayStop);
  return { program, judge, threads, always, atEnd, asked, canStop };
}

function askedIn(threads: readonly PlanThread[]): Set<number> {
  const asked = new Set<number>();
  for (const { thread, places } of threads) {
    const look = (e: Expression): void => {
      if (!readsEnded(e)) return;
      walk(e, (x) => {
        if (x.k === 'ended') for (const t of thread.scope.groups[x.group] ?? []) asked.add(t);
      });
    };
    for (const way of places.flatMap((p) => p.steps.flatMap((s) => s.ways))) {
      look(way.guard);
      way.expressions(look);
    }
  }
  return asked;
}

/** Can the thread come to a place where it has stopped for good? */
function mayStop(thread: ProgramThread): boolean {
  const reached = new Set([thread.entry]);
  for (const at of reached) {
    if (thread.places[at]!.final === 'stopped') return true;
    for (const branch of thread.places[at]!.events.flatMap((e) => e.branches)) reached.add(branch.target);
  }
  return false;
}
