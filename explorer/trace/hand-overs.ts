import type { System } from '../../model/language/system.ts';
import type { Options } from '../options.ts';
import { violationWithin } from '../search/within-switches.ts';
import type { HandOvers, Trace } from './trace.ts';

/** States that a search for a run with fewer hand-overs may store, unless the user wants fewer. */
const MOST_STATES = 2_000_000;

/**
 * Are all hand-overs of a trace needed? An exhaustive search of all runs of the system with one hand-over fewer, however long, looks
 * for one that violates the check. Bounded by states, so that the answer is the same on every machine, and by what the
 * options say of states, memory, time and an interrupt.
 */
export function handOversOf(
  system: System,
  trace: Pick<Trace, 'switches'>,
  check: string,
  options: Pick<Partial<Options>, 'maxStates' | 'memory' | 'timeout' | 'signal'> = {},
): HandOvers {
  const searched = trace.switches - 1;
  if (searched < 0) return { needed: true, searched, fewest: null, states: 0, reason: null };
  const maxStates = Math.min(options.maxStates ?? MOST_STATES, MOST_STATES);
  const { answer, run, states, reason } = violationWithin(system, check, searched, { ...options, maxStates });
  const needed = { yes: false, no: true, unknown: null }[answer];
  const fewest = run && { switches: run.switches, steps: run.moves.length };
  return { needed, searched, fewest, states, reason };
}
