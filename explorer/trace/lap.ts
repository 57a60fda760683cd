import type { Configuration } from '../program/configuration.ts';
import { type Program, type ProgramThread, placeOf } from '../program/program.ts';
import { type XStateStep, xstateSuccessors } from '../xstate/successors.ts';
import { accessesOf } from './touched.ts';

/**
 * Why a lap is not one that a fair run goes round for ever; null if it is. `states` are the states before each of its steps.
 * Fairness as in the search: a thread that could always move does move, one that can take a lock again and again takes it.
 */
export function unfairLap(
  program: Program,
  states: readonly Configuration[],
  steps: readonly XStateStep[],
  end: Configuration,
): string | null {
  if (steps.length === 0) return 'the lap has no step';
  if (identity(states[0]!) !== identity(end)) return 'the lap does not end where it began';
  const able = states.map((now) => xstateSuccessors(program, now));
  const takes = (now: Configuration, step: XStateStep): boolean =>
    accessesOf(program, now, step).some((access) => access.lock === 'acquire');
  for (const { number, id } of program.threads) {
    const moves = steps.some((step) => step.thread === number);
    const locks = steps.some((step, n) => step.thread === number && takes(states[n]!, step));
    const own = able.map((all) => all.filter((step) => step.thread === number));
    if (!moves && own.every((steps) => steps.length > 0))
      return `thread '${id}' could always move and never does`;
    if (!locks && own.some((all, n) => all.some((step) => takes(states[n]!, step)))) {
      return `thread '${id}' could take a lock in each lap and never does`;
    }
  }
  return null;
}

/** The threads that stand at a place with the tag in every one of the states. */
export const stayingThreads = (
  program: Program,
  states: readonly Configuration[],
  tag: string,
): readonly ProgramThread[] =>
  program.threads.filter((t) =>
    states.every((now) => placeOf(t, now.threads[t.number]!.place).tags.has(tag)),
  );

/** What makes two configurations the same state. Monitors only watch; those of other checks need not come round. */
const identity = ({ shared, threads }: Configuration): string => JSON.stringify([shared, threads]);
