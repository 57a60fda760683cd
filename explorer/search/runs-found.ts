import type { Options } from '../options.ts';
import type { Run } from '../outcome.ts';
import type { BreadthFirst } from './breadth-first.ts';
import { FingerprintGraph } from './fingerprint-graph.ts';
import { isOutOfMemory } from './out-of-memory.ts';
import type { PackedGraph } from './packed-graph.ts';
import { recoveredRuns } from './recovered-runs.ts';
import { shownRuns } from './shown-runs.ts';

/**
 * The runs to show for what a search has found, by check, and those that are known `already`; only these where there is no memory
 * to look for others.
 */
export function* runsFound(
  found: BreadthFirst<PackedGraph>,
  options: Options,
  already: ReadonlyMap<number, Run> = new Map(),
): Generator<void, ReadonlyMap<number, Run>, void> {
  try {
    return isByFingerprints(found)
      ? yield* shownRuns(found, options, already, (_, checks) => recoveredRuns(found, checks))
      : yield* shownRuns(found, options, already);
  } catch (error) {
    if (isOutOfMemory(error)) return already;
    throw error;
  }
}

const isByFingerprints = (search: BreadthFirst<PackedGraph>): search is BreadthFirst<FingerprintGraph> =>
  search.graph instanceof FingerprintGraph;
