import type { System } from '../../model/language/system.ts';
import { type Options, withDefaults } from '../options.ts';
import type { Finding, Outcome } from '../outcome.ts';
import { type Program, readSystem } from '../program/program.ts';
import { BreadthFirst, type Ended } from './level-search.ts';
import { branchCounts, exercisedChecks } from './exercised.ts';
import { shortestRuns } from './shortest-run.ts';

/** How long a search in turns keeps the event loop waiting, in milliseconds. */
const TURN = 30;

/** Visits every state of a system and judges its checks. */
export function explore(system: System, options: Partial<Options> = {}): Outcome {
  const program = readSystem(system);
  const search = new BreadthFirst(program, withDefaults(options));
  const run = search.run();
  for (;;) {
    const turn = run.next();
    if (turn.done) return outcomeOf(program, search, turn.value, withDefaults(options));
  }
}

/** The same search with pauses, in which timers, signals and input are served: an abort ends it at the next batch. */
export async function exploreInTurns(system: System, options: Partial<Options> = {}): Promise<Outcome> {
  const program = readSystem(system);
  const search = new BreadthFirst(program, withDefaults(options));
  const run = search.run();
  for (let since = performance.now(); ; ) {
    const turn = run.next();
    if (turn.done) return outcomeOf(program, search, turn.value, withDefaults(options));
    if (performance.now() - since > TURN) {
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
  }
}

function outcomeOf(program: Program, search: BreadthFirst, ended: Ended, options: Options): Outcome {
  const { graph, violations, deadlocks } = search;
  const { coverage } = graph.buffers;
  const exercised = exercisedChecks(program, coverage);
  const taken = coverage.slice();
  const bytesPerState = graph.store.bytes / graph.store.count;
  const exhaustive = ended.reason === null;
  const runs = shortestRuns(graph, violations.lengths, deadlocks);
  const findings = program.checks.map((check): Finding => {
    const run = runs.get(check.number) ?? null;
    const verdict = run ? 'violated' : exhaustive ? 'holds' : 'unknown';
    return { check: check.declared.name, verdict, exercised: exercised[check.number]!, run };
  });
  return {
    findings,
    states: ended.states,
    transitions: ended.transitions,
    depth: ended.depth,
    exhaustive,
    reason: ended.reason,
    reductions: options.reduce === 'all' ? ['dead-locals'] : [],
    coverage: branchCounts(program, taken),
    words: graph.compiled.words,
    bytesPerState,
    seconds: search.seconds,
  };
}
