import type { Options } from '../../explorer/options.ts';
import type { Outcome } from '../../explorer/outcome.ts';
import { explore } from '../../explorer/search/explore.ts';
import type { System } from '../../model/language/system.ts';

/** All that a search tells but time and memory, or the error with which it ends. */
export function outcomeBy(
  system: System,
  options: Partial<Options>,
  search: typeof explore = explore,
): Partial<Outcome> | string {
  try {
    const { seconds: _, bytesPerState: __, ...outcome } = search(system, options);
    return outcome;
  } catch (error) {
    return String(error);
  }
}
