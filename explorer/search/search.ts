import type { System } from '../../model/language/system.ts';
import type { Options } from '../options.ts';
import type { Outcome, Run } from '../outcome.ts';
import { readSystem } from '../program/program.ts';
import { changesRuns, reductionsOf } from '../reduce/applicable.ts';
import { coveredByOrbits, symmetriesOf } from '../reduce/symmetry.ts';
import { collisionProbability } from '../store/fingerprint-store.ts';
import { type Attempt, attempt } from './attempt.ts';
import { giveBackMuch, leave } from './give-back.ts';
import { judged } from './judged.ts';
import { runsFound } from './runs-found.ts';

/** One search that judges all checks of the system. */
export function* search(system: System, options: Options): Generator<void, Outcome, void> {
  giveBackMuch();
  const program = readSystem(system);
  const allowed = reductionsOf(program, options);
  const symmetries = allowed.includes('symmetry') ? symmetriesOf(program) : [];
  const wanted = allowed.filter((r) => r !== 'symmetry' || symmetries.length > 1);
  const found = yield* attempt(program, wanted, symmetries, options);
  const { compiled, first, ended, reductions, spent, before } = found;
  const shown = yield* shownFor(found, options);
  // The search for runs to show may have been cut after the search itself came to its end.
  if (options.signal?.aborted) first.leave();
  const { graph } = first;
  leave(graph.bytes);
  const widen = (taken: Uint8Array): Uint8Array => coveredByOrbits(program, symmetries, taken);
  const coverage = widen(graph.coverage.map((taken, n) => taken | (before?.coverage[n] ?? 0)));
  return {
    ...judged(first, ended, { coverage, ...(shown && { shown }) }),
    course: ended.reason === null ? null : first.course.course(program, widen),
    reductions,
    switches: null,
    collisions: options.fingerprints ? collisionProbability(ended.states) : null,
    sample: null,
    words: compiled.words,
    bytesPerState: graph.bytes / graph.count,
    seconds: spent + first.seconds,
  };
}

/** The runs to show, where these are not to be taken from the search itself. */
function* shownFor(
  { first, reductions, spent, before }: Attempt,
  options: Options,
): Generator<void, ReadonlyMap<number, Run> | null, void> {
  if (!options.fingerprints && !changesRuns(reductions)) return null;
  return yield* runsFound(first, { ...options, timeout: options.timeout - spent * 1000 }, before?.runs);
}
