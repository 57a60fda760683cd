import { type Orders, ordersOf } from '../../explorer/coverage/orders.ts';
import type { Options } from '../../explorer/options.ts';
import type { BranchCount, Reason } from '../../explorer/outcome.ts';
import type { System } from '../../model/language/system.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { type BranchUse, branchesOf, type SourceBranch, usesOf } from './branches.ts';

/** What the search of one scenario was about. */
export interface ScenarioCoverage {
  readonly scenario: string;
  readonly uses: readonly BranchUse[];
  /** Why the search ended before it had seen everything: it may then have missed branches. */
  readonly reason: Reason;
  readonly orders: Orders;
}

/** What all searches together were about, as a result file has it. */
export interface CoverageReport {
  readonly branches: readonly SourceBranch[];
  readonly orders: readonly (Orders & { readonly scenario: string })[];
  /** Scenarios whose search was not exhaustive. */
  readonly cut: readonly string[];
}

/** Gives account of a search. The branches are those of the search itself; the orders need a pass of their own. */
export function coverageOf(
  scenario: Scenario,
  system: System,
  { coverage, reason }: { readonly coverage: readonly BranchCount[]; readonly reason: Reason },
  { memory, timeout, signal, progress }: Partial<Options>,
): ScenarioCoverage {
  const orders = ordersOf(system, {
    ...(memory !== undefined && { memory }),
    ...(timeout !== undefined && { timeout }),
    ...(signal && { signal }),
    ...(progress && { progress }),
  });
  return { scenario: scenario.name, uses: usesOf(scenario, system, coverage), reason, orders };
}

/** Puts the accounts of all scenarios together. */
export function coverageReport(each: readonly ScenarioCoverage[]): CoverageReport {
  return {
    branches: branchesOf(each.flatMap((c) => c.uses)),
    orders: each.map(({ scenario, orders }) => ({ scenario, ...orders })),
    cut: each.filter((c) => c.reason !== null).map((c) => c.scenario),
  };
}
