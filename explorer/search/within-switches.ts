import type { System } from '../../model/language/system.ts';
import { type Options, withDefaults } from '../options.ts';
import type { Reason, Run } from '../outcome.ts';
import { readSystem } from '../program/program.ts';
import { asksForCycles } from '../reduce/applicable.ts';
import { searchBySwitches } from './search-by-switches.ts';

/** Is a check violated within bounds? `no` only if every run within them was seen. */
export interface Within {
  readonly answer: 'yes' | 'no' | 'unknown';
  /** The run with the fewest switches, of these the shortest; null unless the answer is yes. */
  readonly run: Run | null;
  /** What kept the search from an answer; null if it has one. */
  readonly reason: Reason;
  /** How many states the search stored. */
  readonly states: number;
}

/**
 * Is there a run with at most `switches` switches (and, with the option `maxDepth`, at most that many steps) that violates the
 * check? Memory, time, an interrupt and a bound on states can leave the question open, and so does what the check says of
 * runs without end.
 */
export function violationWithin(
  system: System,
  check: string,
  switches: number,
  options: Partial<Omit<Options, 'maxSwitches' | 'first'>> = {},
): Within {
  const checks = system.checks.filter((c) => c.name === check);
  if (checks.length === 0) throw new ReferenceError(`no check is named '${check}'`);
  const asked = withDefaults({ ...options, maxSwitches: switches, first: true });
  const searching = searchBySwitches({ ...system, checks }, asked);
  let turn = searching.next();
  while (!turn.done) turn = searching.next();
  const { findings, reason, states } = turn.value;
  const { run } = findings[0]!;
  if (run) return { answer: 'yes', run, reason: null, states };
  // Whoever goes round for ever switches for ever: no bound on switches answers that.
  const endless = asksForCycles(readSystem({ ...system, checks }));
  if (endless) return { answer: 'unknown', run: null, reason: 'max-switches', states };
  const whole = reason === null || reason === 'max-switches' || reason === 'max-depth';
  return whole
    ? { answer: 'no', run: null, reason: null, states }
    : { answer: 'unknown', run: null, reason, states };
}
