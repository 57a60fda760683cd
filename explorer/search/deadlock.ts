import type { Configuration } from '../program/configuration.ts';
import { type Program, placeOf } from '../program/program.ts';
import { type Waiting, WaitingRelation } from './waiting.ts';

/** A thread that waits without excuse: nothing that it waits for is held by a thread that died with it. */
export interface Deadlock {
  readonly waiting: readonly Waiting[];
  /** Numbers of the checks that this state violates. */
  readonly checks: readonly number[];
}

/** Judges states without an enabled step. */
export class DeadlockJudge {
  private readonly program: Program;
  private readonly relation: WaitingRelation;
  /** No check asks for deadlocks: then no state needs a look. */
  readonly idle: boolean;

  constructor(program: Program) {
    this.program = program;
    this.relation = new WaitingRelation(program);
    this.idle = program.checks.every((c) => c.declared.deadlock === null);
  }

  /** What is wrong with a state in which no step is enabled; nothing if every thread has ended, stopped or is excused. */
  judge(now: Configuration): Deadlock {
    const relation = this.relation.waiting(now);
    const waiting = relation.filter((w) => !this.relation.excused(w.thread, relation, now));
    const at = (w: Waiting): ReadonlySet<string> =>
      placeOf(this.program.threads[w.thread]!, now.threads[w.thread]!.place).tags;
    const checks = this.program.checks
      .filter(({ declared: { deadlock } }) => {
        if (deadlock === null) return false;
        const { onlyAt } = deadlock;
        return waiting.some((w) => onlyAt === null || at(w).has(onlyAt));
      })
      .map((c) => c.number);
    return { waiting, checks };
  }
}
