import type { Options, Progress } from '../explorer/options.ts';
import type { Finding, Outcome, Reason, Run } from '../explorer/outcome.ts';
import { handOversOf } from '../explorer/trace/hand-overs.ts';
import type { Trace } from '../explorer/trace/trace.ts';
import type { System } from '../model/language/system.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import type { Protocol } from '../model/variants/protocol.ts';
import { properties as allProperties } from '../properties/index.ts';
import type { Property } from '../properties/property.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import { coverageOf } from './coverage/coverage.ts';
import { boundsOf, notBegun, resolvedThreads, type ScenarioResult } from './result.ts';

/** What is to be checked. Every property is judged in every scenario. */
export interface CheckRequest {
  readonly scenarios: readonly Scenario[];
  readonly protocol: Protocol;
  readonly properties: readonly Property[];
  /** Bounds of each search; each scenario has them anew. */
  readonly options: Partial<Options>;
  /** Search for violating runs with fewer hand-overs, to say which are needed. */
  readonly minimal?: boolean;
  /** Where to go on from, and where to leave what to go on from; null for nowhere. */
  readonly folder?: CheckpointFolder | null;
  /** Also give account of what each search was about. Default: false. */
  readonly coverage?: boolean;
}

/** What does the work: putting a system together, searching it, telling a run in full. */
export interface Engine {
  readonly assemble: (scenario: Scenario, protocol: Protocol, properties: readonly Property[]) => System;
  readonly explore: (system: System, options: Partial<Options>) => Outcome;
  readonly replay: (system: System, run: Run, check?: string) => Trace;
}

/** Told while the check goes on. */
export interface Listener {
  readonly started?: (scenario: Scenario, index: number) => void;
  readonly progress?: (progress: Progress) => void;
  readonly finished?: (result: ScenarioResult) => void;
}

/**
 * Checks one scenario after the other, in order, and tells each result as it comes. After an interrupt the scenarios that
 * are left are reported as unknown. With the option `first` it ends after the first scenario with a violation.
 */
export function check(
  request: CheckRequest,
  engine: Engine,
  listener: Listener = {},
): readonly ScenarioResult[] {
  const { options } = request;
  const done: ScenarioResult[] = [];
  for (const [index, scenario] of request.scenarios.entries()) {
    const known = request.folder?.finished(index) ?? null;
    const interrupted = options.signal?.aborted ?? false;
    if (!known && !interrupted) listener.started?.(scenario, index);
    const result =
      known ??
      (interrupted
        ? notJudged(scenario, request, 'interrupted')
        : checkOne(scenario, index, request, engine, listener));
    done.push(result);
    // An interrupt may have cut the search for a shorter run to show, whatever the verdicts.
    if (!known && !options.signal?.aborted) request.folder?.keep(index, result);
    listener.finished?.(result);
    if (options.first && result.results.some((r) => r.verdict === 'violated')) break;
  }
  return done;
}

function checkOne(
  scenario: Scenario,
  index: number,
  request: CheckRequest,
  engine: Engine,
  listener: Listener,
): ScenarioResult {
  const system = engine.assemble(scenario, request.protocol, request.properties);
  const { progress } = listener;
  const checkpoints = request.folder?.checkpoints(index) ?? null;
  const outcome = engine.explore(system, { ...request.options, checkpoints, ...(progress && { progress }) });
  const found = new Map(outcome.findings.map((finding) => [finding.check, finding]));
  const findings = request.properties.map(({ name }): Finding => {
    const finding = found.get(name);
    if (!finding) throw new Error(`the search of '${scenario.name}' gave no verdict on ${name}`);
    return finding;
  });
  // A trace tells the whole state, whichever properties were asked for: it can be compared with any other of the scenario.
  let told: System | null = null;
  const traceOf = ({ run, check: name }: Finding): Trace | null => {
    if (run === null) return null;
    told ??= engine.assemble(scenario, request.protocol, allProperties);
    const trace = engine.replay(told, run, name);
    return request.minimal
      ? { ...trace, handOvers: handOversOf(system, trace, name, handOverBounds(request)) }
      : trace;
  };
  const result = scenarioResult(scenario, request, outcome, findings, traceOf, wholeTraces(system));
  if (!request.coverage) return result;
  const options = { ...request.options, ...(progress && { progress }) };
  return { ...result, coverage: coverageOf(scenario, system, outcome, options) };
}

/** Of the bounds of the search those that hold for a search by hand-overs too: a run may be as long as it likes. */
function handOverBounds({ options: { maxStates, memory, timeout, signal } }: CheckRequest) {
  return {
    ...(maxStates !== undefined && { maxStates }),
    ...(memory !== undefined && { memory }),
    ...(timeout !== undefined && { timeout }),
    ...(signal !== undefined && { signal }),
  };
}

/** A violation at the end or of liveness is judged over the whole run; only its last step would show too little. */
export const wholeTraces = (system: System): readonly string[] =>
  system.checks
    .filter((c) => c.atEnd.length > 0 || c.deadlock !== null || c.leaves !== null)
    .map((c) => c.name);

/** The result of a scenario of which nothing is known. */
export function notJudged(
  scenario: Scenario,
  request: Pick<CheckRequest, 'properties' | 'options'>,
  reason: Reason,
): ScenarioResult {
  const findings = request.properties.map(
    ({ name }): Finding => ({ check: name, verdict: 'unknown', exercised: false, run: null }),
  );
  return scenarioResult(scenario, request, { ...notBegun, reason }, findings, () => null, []);
}

function scenarioResult(
  scenario: Scenario,
  request: Pick<CheckRequest, 'options'>,
  outcome: Omit<Outcome, 'findings'>,
  findings: readonly Finding[],
  traceOf: (finding: Finding) => Trace | null,
  whole: readonly string[],
): ScenarioResult {
  const { states, transitions, depth, exhaustive, reason, reductions, switches, collisions, sample } =
    outcome;
  const bounds = boundsOf(request.options);
  const threads = resolvedThreads(scenario);
  const results = findings.map((finding) => ({
    scenario: scenario.name,
    property: finding.check,
    verdict: finding.verdict,
    reason,
    exercised: finding.exercised,
    states,
    transitions,
    depth,
    exhaustive,
    reductions,
    switches,
    collisions,
    sample,
    ...finding.figures,
    config: scenario.config,
    bounds,
    threads,
    trace: traceOf(finding),
  }));
  const { course, seconds, bytesPerState } = outcome;
  return { scenario, results, whole, course, coverage: null, seconds, bytesPerState };
}
