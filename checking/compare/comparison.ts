import { endingsOf } from '../../explorer/compare/endings.ts';
import { partingOf, type Walk } from '../../explorer/compare/parting.ts';
import type { Options } from '../../explorer/options.ts';
import type { Finding, Outcome, Reason, Verdict } from '../../explorer/outcome.ts';
import type { System } from '../../model/language/system.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import type { Protocol } from '../../model/variants/protocol.ts';
import type { Property } from '../../properties/property.ts';
import type { Engine } from '../check.ts';
import { type BranchUse, branchesOf, usesOf } from '../coverage/branches.ts';
import { type Loss, lossOf } from './loss.ts';

/** What became of a verdict: `unknown` where either of the two is. */
type Change = 'fixed' | 'introduced' | 'kept' | 'holds' | 'unknown';

/** The verdicts of two protocols on one property in one scenario. */
interface VerdictPair {
  readonly scenario: string;
  readonly property: string;
  readonly verdicts: readonly [Verdict, Verdict];
  /** Steps of the run that violates; null where there is none. */
  readonly steps: readonly [number | null, number | null];
  /** Whether anything was done that could have broken it. */
  readonly exercised: readonly [boolean, boolean];
  readonly change: Change;
}

/** What can happen in one scenario under two protocols. */
interface ScenarioComparison {
  readonly scenario: string;
  readonly states: readonly [number, number];
  readonly reasons: readonly [Reason, Reason];
  readonly walk: Walk;
  /** Ends that one protocol has and the other has not; null where a bound kept either from being known. */
  readonly endings: readonly [readonly string[], readonly string[]] | null;
}

/** Two protocols side by side. */
export interface Comparison {
  readonly protocols: readonly [string, string];
  readonly verdicts: readonly VerdictPair[];
  readonly scenarios: readonly ScenarioComparison[];
  /** What only the first, and what only the second protocol does. */
  readonly only: readonly [Loss, Loss];
}

/** What is to be compared. */
export interface ComparisonRequest {
  readonly scenarios: readonly Scenario[];
  readonly protocols: readonly [Protocol, Protocol];
  readonly properties: readonly Property[];
  readonly options: Partial<Options>;
  /** Told as each scenario begins. */
  readonly started?: (scenario: Scenario, index: number) => void;
}

/** Most states of the search for the ends of runs. */
const MOST_STATES = 2_000_000;

/** Searches every scenario under both protocols and says what differs. */
export function compareProtocols(
  request: ComparisonRequest,
  engine: Pick<Engine, 'assemble' | 'explore'>,
): Comparison {
  const { protocols, properties, options } = request;
  const verdicts: VerdictPair[] = [];
  const scenarios: ScenarioComparison[] = [];
  const uses: [BranchUse[], BranchUse[]] = [[], []];
  for (const [index, scenario] of request.scenarios.entries()) {
    request.started?.(scenario, index);
    const systems = both((n) => engine.assemble(scenario, protocols[n], properties));
    const outcomes = both((n) => engine.explore(systems[n], options));
    both((n) => uses[n].push(...usesOf(scenario, systems[n], outcomes[n].coverage)));
    verdicts.push(...properties.map(({ name }) => pairOf(scenario.name, name, outcomes)));
    scenarios.push({
      scenario: scenario.name,
      states: both((n) => outcomes[n].states),
      reasons: both((n) => outcomes[n].reason),
      walk: partingOf(systems),
      endings: endingsApart(systems, options),
    });
  }
  const branches = both((n) => branchesOf(uses[n]));
  return {
    protocols: both((n) => protocols[n].name),
    verdicts,
    scenarios,
    only: [lossOf(branches[0], branches[1]), lossOf(branches[1], branches[0])],
  };
}

const both = <T>(make: (n: 0 | 1) => T): [T, T] => [make(0), make(1)];

function pairOf(scenario: string, property: string, outcomes: readonly [Outcome, Outcome]): VerdictPair {
  const findings = both((n): Finding => {
    const found = outcomes[n].findings.find((f) => f.check === property);
    if (!found) throw new Error(`the search of '${scenario}' gave no verdict on ${property}`);
    return found;
  });
  const verdicts = both((n) => findings[n].verdict);
  const steps = both((n) => findings[n].run?.moves.length ?? null);
  const exercised = both((n) => findings[n].exercised);
  return { scenario, property, verdicts, steps, exercised, change: changeOf(verdicts) };
}

function changeOf([first, second]: readonly [Verdict, Verdict]): Change {
  if (first === 'unknown' || second === 'unknown') return 'unknown';
  if (first === 'violated') return second === 'violated' ? 'kept' : 'fixed';
  return second === 'violated' ? 'introduced' : 'holds';
}

/** Protocols may keep different counters: the ends are told by the variables that both have. */
function endingsApart(
  systems: readonly [System, System],
  options: Partial<Options>,
): ScenarioComparison['endings'] {
  const { memory, timeout, signal, maxStates = MOST_STATES } = options;
  const shape = (systems[0].shape ?? []).filter((name) => systems[1].shape?.includes(name));
  const [first, second] = both((n) =>
    endingsOf(systems[n], shape, {
      maxStates: Math.min(maxStates, MOST_STATES),
      ...(memory !== undefined && { memory }),
      ...(timeout !== undefined && { timeout }),
      ...(signal && { signal }),
    }),
  );
  if (first.reason !== null || second.reason !== null) return null;
  return [
    first.all.filter((end) => !second.all.includes(end)),
    second.all.filter((end) => !first.all.includes(end)),
  ];
}

/** What a comparison means to a script: 1 if the second protocol breaks what the first keeps, else 3 if anything is unknown, else 0. */
export function comparisonCode({ verdicts }: Comparison): 0 | 1 | 3 {
  if (verdicts.some((v) => v.change === 'introduced')) return 1;
  return verdicts.some((v) => v.change === 'unknown') ? 3 : 0;
}
