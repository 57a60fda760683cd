import { evaluate } from '../../model/language/interpreter.ts';
import { type Configuration, momentOf } from './configuration.ts';
import { type Program, placeOf } from './program.ts';

/** Has every thread ended? A stopped one has not. */
export const allHaveEnded = (program: Program, now: Configuration): boolean =>
  program.threads.every((t) => placeOf(t, now.threads[t.number]!.place).final === 'ended');

/** The checks whose conditions are false in a state, by the interpreter. */
export function brokenConditions(program: Program, now: Configuration): number[] {
  const moment = momentOf(program, now);
  const atEnd = allHaveEnded(program, now);
  return program.checks
    .filter(({ always, atEnd: final }) =>
      [...always, ...(atEnd ? final : [])].some(({ that }) => evaluate(that, program.scope, moment) === 0),
    )
    .map((c) => c.number);
}
