import type { ReportedResult, ReportInput } from '../../../evidence/report/input.ts';
import { told } from '../made-trace.ts';

/** A result that says nothing special. */
export const heldResult: ReportedResult = {
  scenario: told.scenario,
  slug: 'two-write-faults',
  property: 'no-deadlock',
  verdict: 'holds',
  reason: null,
  exercised: true,
  states: 1070,
  transitions: 2132,
  depth: 50,
  exhaustive: true,
  reductions: ['symmetry'],
  switches: null,
  collisions: null,
  bounds: { maxStates: null, maxDepth: null },
  config: { debugVm: true, entries: 1 },
  threads: told.threads,
  counterexample: null,
};

/** The race of made-trace. */
export const violatedResult: ReportedResult = {
  ...heldResult,
  property: told.property,
  verdict: 'violated',
  counterexample: { told, text: 'CPU0 > CPU1 & so on\n' },
};

/** A report of these results. */
export const madeReport = (
  results: readonly ReportedResult[],
  more: Partial<ReportInput> = {},
): ReportInput => ({
  tool: '0.1.0',
  protocol: 'v5',
  about: 'as posted',
  results,
  claims: { [told.property]: 'the right lock is held' },
  source: null,
  review: null,
  graphs: [],
  seconds: 1.25,
  ...more,
});

export const noAssets = { script: 'run()', style: 'body{}', layered: 'layers()' };
