import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../checking/assemble.ts';
import { type CodeReductions, compile } from '../../explorer/compile/compile.ts';
import { type Options, REDUCTIONS, type Reduction, withDefaults } from '../../explorer/options.ts';
import type { Outcome } from '../../explorer/outcome.ts';
import { readSystem } from '../../explorer/program/program.ts';
import { BreadthFirst } from '../../explorer/search/breadth-first.ts';
import { explore } from '../../explorer/search/explore.ts';
import { PackedGraph } from '../../explorer/search/packed-graph.ts';
import type { System } from '../../model/language/system.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { protocols } from '../../model/variants/index.ts';
import { properties } from '../../properties/index.ts';
import { randomPointers } from './random-pointers.ts';
import { randomProtocol } from './random-protocol.ts';
import { randomSystem } from './random-system.ts';

const most = 20_000;
const scenarios = suites.default.filter(({ name }) =>
  [
    'one write-fault in each of A and B, one allocation may fail',
    'two write-faults in A beside an idle B',
    'one write-fault in A beside the exit of B',
    'two breaks in A beside an idle B',
  ].includes(name),
);

/** What no reduction may change. */
const judgement = ({ findings, coverage }: Outcome) => ({
  findings: findings.map(({ check, verdict, exercised }) => [check, verdict, exercised]),
  taken: coverage.filter((b) => b.taken),
});

/** Null for an error of the model. */
function outcomeOf(system: System, options: Partial<Options>): Outcome | null {
  try {
    return explore(system, options);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** All states in which nobody can go on, as text; null for a system that is too large or wrong. */
function terminals(system: System, reduce: CodeReductions): string[] | null {
  if (!outcomeOf(system, { reductions: [], maxStates: most })?.exhaustive) return null;
  const graph = new PackedGraph(compile(readSystem(system), reduce));
  const run = new BreadthFirst(graph, withDefaults()).run();
  while (!run.next().done);
  const found: string[] = [];
  for (let state = 0; state < graph.count; state++) {
    if (graph.expandOne(state) === 0) found.push(JSON.stringify(graph.configuration(state)));
  }
  return found.sort();
}

/** Runs that are shown as shortest are the same runs, whatever the reductions. */
function expectSameRuns(reduced: Outcome, full: Outcome): void {
  reduced.findings.forEach((finding, n) => {
    if (finding.run?.shortest) expect(finding.run).toEqual(full.findings[n]?.run);
  });
}

const sets: readonly (readonly Reduction[])[] = [
  ...REDUCTIONS.map((r): Reduction[] => (r === 'reach' ? ['partial-order', r] : [r])),
  REDUCTIONS,
  REDUCTIONS,
];

const nothing = { full: 0, reduced: 0, symmetric: false };

function compare(system: System, reductions: readonly Reduction[]): typeof nothing {
  const bounds = { maxStates: most };
  const full = outcomeOf(system, { reductions: [], ...bounds });
  const reduced = outcomeOf(system, { reductions, withoutReach: 0, ...bounds });
  // An error of the model ends every search that meets it.
  if (full === null || reduced === null) {
    expect(reduced).toBe(full);
    return nothing;
  }
  if (!full.exhaustive) return nothing;
  expect(judgement(reduced)).toEqual(judgement(full));
  expectSameRuns(reduced, full);
  const symmetric = reduced.reductions.includes('symmetry');
  return { full: full.states, reduced: reduced.states, symmetric };
}

describe('each reduction alone and all together: the same verdicts, branches, runs', () => {
  test.each([
    ['random protocols', randomProtocol, 700],
    ['random pointers', randomPointers, 400],
    ['random systems', randomSystem, 100],
  ] as const)('%s', (_, systems, numRuns) => {
    let [full, reduced, symmetric] = [0, 0, 0];
    fc.assert(
      fc.property(systems, fc.constantFrom(...sets), (system, reductions) => {
        const states = compare(system, reductions);
        full += states.full;
        reduced += states.reduced;
        symmetric += Number(states.symmetric);
      }),
      { numRuns, seed: 11 },
    );
    expect(reduced).toBeLessThan(full);
    if (systems === randomProtocol) expect(symmetric).toBeGreaterThan(50);
  });

  test.each(scenarios.map((s) => [s.name, s] as const))('%s, by every protocol', (_, scenario) => {
    for (const protocol of protocols) compare(assemble(scenario, protocol, properties), REDUCTIONS);
  });
});

test.each([
  ['random protocols', randomProtocol],
  ['random pointers', randomPointers],
] as const)('partial order keeps every state in which nobody can go on: %s', (_, systems) => {
  fc.assert(
    fc.property(systems, (system) => {
      const full = terminals(system, {});
      if (full === null) return;
      expect(terminals(system, { partialOrder: true })).toEqual(full);
      expect(terminals(system, { partialOrder: true, reach: true })).toEqual(full);
    }),
    { numRuns: 150, seed: 12 },
  );
});
