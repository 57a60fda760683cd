import type { System } from '../../model/language/system.ts';
import { compile } from '../compile/compile.ts';
import { type Options, withDefaults } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { readSystem } from '../program/program.ts';
import { changesRuns, reductionsOf } from '../reduce/applicable.ts';
import { coveredByOrbits, symmetriesOf } from '../reduce/symmetry.ts';
import { BreadthFirst } from './breadth-first.ts';
import { judged } from './judged.ts';
import { PackedGraph } from './packed-graph.ts';
import { shownRuns } from './shown-runs.ts';

/** How long a search in turns keeps the event loop waiting, in milliseconds. */
const TURN = 30;

/** Visits every state of a system and judges its checks. */
export function explore(system: System, options: Partial<Options> = {}): Outcome {
  const searching = search(system, withDefaults(options));
  for (;;) {
    const turn = searching.next();
    if (turn.done) return turn.value;
  }
}

/** The same search with pauses, in which timers, signals and input are served: an abort ends it at the next batch. */
export async function exploreInTurns(system: System, options: Partial<Options> = {}): Promise<Outcome> {
  const searching = search(system, withDefaults(options));
  for (let since = performance.now(); ; ) {
    const turn = searching.next();
    if (turn.done) return turn.value;
    if (performance.now() - since > TURN) {
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
  }
}

function* search(system: System, options: Options): Generator<void, Outcome, void> {
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
    words: graph.compiled.words,
    bytesPerState: graph.bytes / graph.count,
    seconds: first.seconds,
  };
}
