import type { System } from '../../model/language/system.ts';
import { compile } from '../compile/compile.ts';
import type { Options } from '../options.ts';
import type { Finding, Outcome } from '../outcome.ts';
import { readSystem } from '../program/program.ts';
import { causalPasts } from '../trace/causal-past.ts';
import { switchesOf } from '../trace/switches.ts';
import { branchCounts, exercisedChecks } from './exercised.ts';
import { RandomWalks } from './random-walks.ts';

/** Judges all checks by random walks: what they do not find violated is unknown. */
export function* searchByWalks(system: System, options: Options): Generator<void, Outcome, void> {
  const program = readSystem(system);
  const compiled = compile(program);
  const walks = new RandomWalks(compiled, options);
  const reason = yield* walks.run();
  walks.noteCourse();
  const exercised = exercisedChecks(program, walks.coverage);
  const cut = causalPasts(program);
  const findings = program.checks.map(({ number, declared }): Finding => {
    const moves = walks.found[number];
    const { name: check } = declared;
    if (!moves) return { check, verdict: 'unknown', exercised: exercised[number]!, run: null };
    const run = cut(number, { moves, switches: switchesOf(moves), shortest: false });
    return { check, verdict: 'violated', exercised: true, run };
  });
  const { steps, ended, distinct, longest, coverage } = walks;
  return {
    findings,
    states: distinct.count,
    transitions: steps,
    depth: longest,
    exhaustive: false,
    course: walks.course.course(program),
    reason,
    reductions: [],
    switches: null,
    collisions: null,
    sample: {
      walks: walks.walks,
      ended,
      seed: options.seed,
      steps,
      taken: coverage.reduce((n, c) => n + c, 0),
      branches: coverage.length,
    },
    coverage: branchCounts(program, coverage),
    words: compiled.words,
    bytesPerState: 0,
    seconds: walks.seconds,
  };
}
