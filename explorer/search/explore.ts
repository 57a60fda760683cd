import type { System } from '../../model/language/system.ts';
import { type Options, withDefaults } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { searchAll } from './search-all.ts';

/** How long a search in turns keeps the event loop waiting, in milliseconds. */
const TURN = 30;

/** Visits every state of a system and judges its checks. */
export function explore(system: System, options: Partial<Options> = {}): Outcome {
  const searching = searchAll(system, withDefaults(options));
  for (;;) {
    const turn = searching.next();
    if (turn.done) return turn.value;
  }
}

/** The same search with pauses, in which timers, signals and input are served: an abort ends it at the next batch. */
export async function exploreInTurns(system: System, options: Partial<Options> = {}): Promise<Outcome> {
  const searching = searchAll(system, withDefaults(options));
  for (let since = performance.now(); ; ) {
    const turn = searching.next();
    if (turn.done) return turn.value;
    if (performance.now() - since > TURN) {
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
  }
}
