import type { System } from '../../model/language/system.ts';
import { modelDigest } from '../checkpoint/checkpoints.ts';
import { type Compiled, compile } from '../compile/compile.ts';
import type { Options } from '../options.ts';
import type { Outcome, Run } from '../outcome.ts';
import { readSystem } from '../program/program.ts';
import { changesRuns, reductionsOf } from '../reduce/applicable.ts';
import { coveredByOrbits, symmetriesOf } from '../reduce/symmetry.ts';
import { collisionProbability } from '../store/fingerprint-store.ts';
import { BreadthFirst, type Ended } from './breadth-first.ts';
import { FingerprintGraph } from './fingerprint-graph.ts';
import { judged } from './judged.ts';
import { isOutOfMemory } from './out-of-memory.ts';
import type { PackedGraph } from './packed-graph.ts';
import { recoveredRuns } from './recovered-runs.ts';
import { shownRuns } from './shown-runs.ts';
import { graphFor } from './wasm-graph.ts';

/** One search that judges all checks of the system. */
export function* search(system: System, options: Options): Generator<void, Outcome, void> {
  const program = readSystem(system);
  const allowed = reductionsOf(program, options);
  const symmetries = allowed.includes('symmetry') ? symmetriesOf(program) : [];
  const reductions = allowed.filter((r) => r !== 'symmetry' || symmetries.length > 1);
  const code = {
    symmetries,
    slicing: reductions.includes('slicing'),
    deadLocals: reductions.includes('dead-locals'),
    partialOrder: reductions.includes('partial-order'),
    fusion: reductions.includes('fusion'),
  };
  const compiled = compile(program, code);
  const found = options.fingerprints
    ? yield* byFingerprints(compiled, options)
    : yield* byStates(compiled, options, changesRuns(reductions));
  const { first, ended, shown } = found;
  // The search for runs to show may have been cut after the search itself came to its end.
  if (options.signal?.aborted) first.leave();
  const { graph } = first;
  const widen = (taken: Uint8Array): Uint8Array => coveredByOrbits(program, symmetries, taken);
  const coverage = widen(graph.coverage);
  return {
    ...judged(first, ended, { coverage, ...(shown && { shown }) }),
    course: ended.reason === null ? null : first.course.course(program, widen),
    reductions,
    switches: null,
    collisions: options.fingerprints ? collisionProbability(ended.states) : null,
    sample: null,
    words: compiled.words,
    bytesPerState: graph.bytes / graph.count,
    seconds: first.seconds,
  };
}

/** A search with the runs to show, where these are not to be taken from the search itself. */
interface Searched {
  readonly first: BreadthFirst<PackedGraph>;
  readonly ended: Ended;
  readonly shown: ReadonlyMap<number, Run> | null;
}

function* byStates(compiled: Compiled, options: Options, changed: boolean): Generator<void, Searched, void> {
  const first = new BreadthFirst(graphFor(compiled, options), options);
  const ended = yield* keptRun(first, compiled, options);
  return { first, ended, shown: changed ? yield* runsToShow(first, options) : null };
}

/** None where there is no memory to look for them. */
function* runsToShow(
  ...search: Parameters<typeof shownRuns>
): Generator<void, ReadonlyMap<number, Run>, void> {
  try {
    return yield* shownRuns(...search);
  } catch (error) {
    if (isOutOfMemory(error)) return new Map();
    throw error;
  }
}

/** However far such a search went, it may have taken two states for one. */
function* byFingerprints(compiled: Compiled, options: Options): Generator<void, Searched, void> {
  const first = new BreadthFirst(new FingerprintGraph(compiled), options);
  const ended = yield* keptRun(first, compiled, options);
  const shown = yield* runsToShow(first, options, (_, checks) => recoveredRuns(first, checks));
  return { first, ended: { ...ended, reason: ended.reason ?? 'fingerprints' }, shown };
}

/** Runs a search from where its checkpoint says, if there is one, and leaves checkpoints on its way. */
function keptRun(
  search: BreadthFirst<PackedGraph>,
  compiled: Compiled,
  options: Options,
): Generator<void, Ended, void> {
  const { checkpoints } = options;
  if (!checkpoints) return search.run();
  const { graph } = search;
  const model = modelDigest(compiled, options);
  const resumed = checkpoints.resume(model);
  if (resumed) {
    const { position, file } = resumed;
    const { read, close } = file.reader();
    graph.fill(position.states, position.levels.at(-1)!, read);
    close();
    search.restore(position);
  }
  return search.run({
    due: () => checkpoints.due,
    save: (position) =>
      checkpoints.save(model, position, graph.pieces(position.states, position.levels.at(-1)!)),
  });
}
