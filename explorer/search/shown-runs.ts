import { compile } from '../compile/compile.ts';
import type { Options } from '../options.ts';
import type { Reason, Run } from '../outcome.ts';
import { causalPasts } from '../trace/causal-past.ts';
import { BreadthFirst } from './breadth-first.ts';
import type { PackedGraph } from './packed-graph.ts';
import { runAsWritten } from './run-as-written.ts';
import { runThroughOrbits } from './run-through-orbits.ts';
import { shortestRuns } from './shortest-run.ts';
import { graphFor } from './wasm-graph.ts';

/** States that the search for the shortest runs may store. */
const MOST_STATES = 2_000_000;

/** Ends at which every level that counts was searched to its end. */
const WHOLE_LEVELS: readonly Reason[] = ['first', 'max-states', 'max-depth'];

/** Runs of a reduced search to the violations of these checks, and a graph that has their states. */
export interface FoundRuns {
  readonly graph: PackedGraph;
  readonly runs: ReadonlyMap<number, Run>;
}
type TakeAgain = (found: BreadthFirst<PackedGraph>, checks: readonly number[]) => FoundRuns;

/**
 * The runs to show for what a reduced search has found. What a reduced search finds is a run of the system as written, but
 * need not be the shortest: so the system as written is searched level by level until each violation is met again. Where that
 * takes too much, or is not wanted, the run found is shown, without the steps that the last one does not depend on; `already`: such
 * runs of a search before, which need not be found again.
 */
export function* shownRuns(
  found: BreadthFirst<PackedGraph>,
  options: Options,
  already: ReadonlyMap<number, Run> = new Map(),
  takeAgain: TakeAgain = shortestFound,
): Generator<void, Map<number, Run>, void> {
  const { program } = found.graph;
  const wanted = program.checks.map((c) => c.number).filter((c) => found.violations.lengths[c]! >= 0);
  if (wanted.length === 0) return new Map(already);
  // Symmetry keeps the lengths of runs, and what is needed to count their switches.
  const kept = { ...found.graph.compiled.reduce, partialOrder: false, reach: false, fusion: false };
  const graph = graphFor(compile(program, kept), options);
  const search = new BreadthFirst(
    graph,
    {
      ...options,
      maxStates: Math.min(options.maxStates, MOST_STATES),
      memory: options.memory - found.graph.bytes - found.reserve,
      timeout: options.timeout - found.elapsed,
      first: false,
    },
    wanted,
  );
  const { reason, depth } = options.shortest ? yield* search.run() : unsearched;
  // In a level that was not finished a deadlock, one step shorter, may have gone unseen.
  const whole = reason === null || WHOLE_LEVELS.includes(reason);
  const known = (check: number): boolean => {
    const length = search.violations.lengths[check]!;
    return length >= 0 && wanted.includes(check) && (whole || length < depth);
  };
  const shortest = shortestRuns(
    graph,
    only(search.violations.lengths, known),
    search.deadlocks,
    search.together,
    (kept.symmetries ?? []).length > 1 ? runThroughOrbits : undefined,
  );
  const others = takeAgain(
    found,
    wanted.filter((check) => !known(check) && !already.has(check)),
  );
  const cut = causalPasts(program);
  for (const [check, run] of others.runs) {
    shortest.set(check, cut(check, runAsWritten(others.graph, run, check, graph)));
  }
  return new Map([...already, ...shortest]);
}

/** As if a bound had ended it before the first step. */
const unsearched = { reason: 'max-states', depth: 0 } as const;

const only = (lengths: Int32Array, keep: (check: number) => boolean): Int32Array =>
  lengths.map((length, check) => (keep(check) ? length : -1));

const shortestFound: TakeAgain = ({ graph, violations, deadlocks, together }, checks) => ({
  graph,
  runs: shortestRuns(
    graph,
    only(violations.lengths, (check) => checks.includes(check)),
    deadlocks,
    together,
  ),
});
