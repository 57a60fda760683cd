import type { LocalValues, Moment, SharedValues } from '../../model/language/interpreter.ts';
import { elements, indicesOf } from '../../model/language/variable.ts';
import { type Program, placeOf } from './program.ts';

/** Where one thread stands. */
interface ThreadState {
  readonly place: number;
  readonly local: LocalValues;
}

/** A state of the whole system, unpacked: slow and easy to read, for judges, replay and the XState back end. */
export interface Configuration {
  readonly shared: SharedValues;
  readonly threads: readonly ThreadState[];
  /** Place numbers of the monitors. */
  readonly monitors: readonly number[];
}

/** The state in which everything starts. */
export function initialConfiguration(program: Program): Configuration {
  const shared = Object.fromEntries(
    program.system.shared.map((variable) => [
      variable.name,
      Array.from({ length: elements(variable) }, (_, n) => variable.initial(...indicesOf(variable, n))),
    ]),
  );
  const threads = program.threads.map((thread) => ({
    place: thread.entry,
    local: Object.fromEntries(thread.locals.map((l) => [l.name, l.initial])),
  }));
  return { shared, threads, monitors: program.monitors.map((m) => m.entry) };
}

/** Which threads have ended; a stopped one has not. */
export const endedThreads = (program: Program, now: Configuration): boolean[] =>
  program.threads.map((thread, n) => placeOf(thread, now.threads[n]!.place).final === 'ended');

/** What the conditions of checks and the guards of monitors can see. */
export const momentOf = (program: Program, now: Configuration): Moment => ({
  shared: now.shared,
  local: {},
  ended: endedThreads(program, now),
});
