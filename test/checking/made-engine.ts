import type { CheckRequest, Engine } from '../../checking/check.ts';
import type { Finding, Outcome } from '../../explorer/outcome.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { protocols } from '../../model/variants/index.ts';
import type { Property } from '../../properties/property.ts';
import { race } from '../evidence/made-trace.ts';

/** A property without content, of which only the name matters. */
const made = (name: string): Property => ({
  name,
  claim: name,
  source: { line: null, text: 'made for a test' },
  check: () => ({}),
  exercisedBy: [],
});

/** An engine that searches nothing and finds what it is told. */
export function madeEngine(
  findings: readonly Partial<Finding>[],
  outcome: Partial<Outcome> = {},
  seen: string[] = [],
): Engine {
  return {
    assemble: (scenario, _, properties) => {
      seen.push(scenario.name);
      const check = { always: [], atEnd: [], monitors: [], deadlock: null, leaves: null, exercisedBy: [] };
      return {
        name: scenario.name,
        shared: [],
        threads: [],
        checks: properties.map(({ name }) => ({
          ...check,
          name,
          deadlock: name === 'deadlock' ? { onlyAt: null } : null,
        })),
      };
    },
    explore: () => ({
      findings: findings.map((f) => ({ check: 'a', verdict: 'holds', exercised: true, run: null, ...f })),
      states: 10,
      transitions: 20,
      depth: 5,
      exhaustive: true,
      reason: null,
      reductions: [],
      course: null,
      switches: null,
      collisions: null,
      sample: null,
      coverage: [],
      words: 1,
      bytesPerState: 8,
      seconds: 0.5,
      ...outcome,
    }),
    replay: () => race,
  };
}

/** A request for the first scenarios of the default suite. */
export const request = (names: readonly string[], scenarios = 1): CheckRequest => ({
  scenarios: suites.default.slice(0, scenarios),
  protocol: protocols[0]!,
  properties: names.map(made),
  options: {},
});

/** A finding that the engine backs with a run. */
export const violated = (check: string): Partial<Finding> => ({
  check,
  verdict: 'violated',
  run: { moves: [], switches: 0, shortest: true },
});
