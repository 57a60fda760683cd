import type { System } from '../../model/language/system.ts';
import { compile } from '../compile/compile.ts';
import type { Options } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { readSystem } from '../program/program.ts';
import { changesRuns, reductionsOf } from '../reduce/applicable.ts';
import { coveredByOrbits, symmetriesOf } from '../reduce/symmetry.ts';
import { BreadthFirst } from './breadth-first.ts';
import { judged } from './judged.ts';
import { PackedGraph } from './packed-graph.ts';
import { shownRuns } from './shown-runs.ts';

/** One search that judges all checks of the system. */
export function* search(system: System, options: Options): Generator<void, Outcome, void> {
  const program = readSystem(system);
  const allowed = reductionsOf(program, options);
  const symmetries = allowed.includes('symmetry') ? symmetriesOf(program) : [];
  const reductions = allowed.filter((r) => r !== 'symmetry' || symmetries.length > 1);
  const code = {
    symmetries,
    deadLocals: reductions.includes('dead-locals'),
    partialOrder: reductions.includes('partial-order'),
    fusion: reductions.includes('fusion'),
  };
  const graph = new PackedGraph(compile(program, code));
  const first = new BreadthFirst(graph, options);
  const ended = yield* first.run();
  const coverage = coveredByOrbits(program, symmetries, graph.coverage);
  const shown = changesRuns(reductions) ? { shown: yield* shownRuns(first, options) } : {};
  return {
    ...judged(first, ended, { coverage, ...shown }),
    reductions,
    switches: null,
    words: graph.compiled.words,
    bytesPerState: graph.bytes / graph.count,
    seconds: first.seconds,
  };
}
