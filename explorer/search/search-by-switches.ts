import type { System } from '../../model/language/system.ts';
import { compile } from '../compile/compile.ts';
import type { Options } from '../options.ts';
import type { Finding, Outcome } from '../outcome.ts';
import { readSystem } from '../program/program.ts';
import { reductionsOf } from '../reduce/applicable.ts';
import { BySwitches } from './by-switches.ts';
import { branchCounts, exercisedChecks } from './exercised.ts';
import { FewestSwitchesRuns } from './fewest-switches-run.ts';
import { ifMemoryAllows } from './out-of-memory.ts';
import { PackedGraph } from './packed-graph.ts';

/** One search by switches that judges all checks of the system, save what they say of runs without end. */
export function* searchBySwitches(system: System, options: Options): Generator<void, Outcome, void> {
  const program = readSystem(system);
  const reductions = reductionsOf(program, options);
  const graph = new PackedGraph(
    compile(program, {
      slicing: reductions.includes('slicing'),
      deadLocals: reductions.includes('dead-locals'),
    }),
  );
  const search = new BySwitches(graph, options);
  const ended = yield* search.run();
  const coverage = graph.coverage.slice();
  const exercised = exercisedChecks(program, coverage);
  const runs = ifMemoryAllows(() => new FewestSwitchesRuns(search).find(ended.seen));
  // What was found violated and cannot be shown does not hold either, and is not beyond the bounds.
  const reason = runs ? ended.reason : 'memory';
  const exhaustive = reason === null;
  const findings = program.checks.map(({ number, declared }): Finding => {
    const run = runs?.get(number) ?? null;
    const verdict = run ? 'violated' : exhaustive ? 'holds' : 'unknown';
    return { check: declared.name, verdict, exercised: run !== null || exercised[number]!, run };
  });
  const { states, transitions, depth, switches } = ended;
  return {
    findings,
    reason,
    states,
    transitions,
    depth,
    switches,
    collisions: null,
    sample: null,
    exhaustive,
    course: exhaustive ? null : search.course.course(program),
    reductions,
    coverage: branchCounts(program, coverage),
    words: graph.compiled.words,
    bytesPerState: search.bytes / graph.count,
    seconds: search.seconds,
  };
}
