import { describe, expect, test } from 'vitest';
import { assemble } from '../../checking/assemble.ts';
import { check } from '../../checking/check.ts';
import { branchesOf, usesOf } from '../../checking/coverage/branches.ts';
import { coverageReport } from '../../checking/coverage/coverage.ts';
import { knownNever, whyNever } from '../../checking/coverage/why-never.ts';
import { engines } from '../../cli/parts.ts';
import { coverageText } from '../../evidence/coverage.ts';
import { readSystem } from '../../explorer/program/program.ts';
import { branchCounts } from '../../explorer/search/exercised.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { protocols } from '../../model/variants/index.ts';
import { properties } from '../../properties/index.ts';

const [v5] = protocols;
const named = (...names: string[]) => suites.default.filter((s) => names.includes(s.name));
const covered = (...names: string[]) =>
  check(
    { scenarios: named(...names), protocol: v5!, properties, options: {}, coverage: true },
    engines.js,
  ).flatMap(({ coverage }) => coverage ?? []);

describe('the branches of two scenarios', () => {
  const report = coverageReport(
    covered('two breaks in A beside an idle B', 'one write-fault in each of A and B'),
  );

  test('by whom each was taken', () => {
    const of = (step: string) =>
      report.branches
        .filter((b) => b.step === step && b.function === 'handle_cow_pte_fault')
        .map(({ line, event, leadsTo, takenBy }) => [line, event, leadsTo, ...takenBy].join(' '));
    // With only one sharer left a break reuses the table; no allocation fails in these scenarios.
    expect(of('count_read')).toEqual([
      '5257 STEP reuse_read_slot break-only write-fault',
      '5257 STEP unlock_src break-only write-fault',
    ]);
    expect(of('alloc_new_table')).toEqual([
      '5275 FAIL load_seq_end',
      '5275 STEP map_src break-only write-fault',
    ]);
    expect(report.cut).toEqual([]);
  });

  test('as text', () => {
    const text = coverageText({ ...report, branches: report.branches.filter((b) => b.line === 5275) }, 'v5');
    expect(text).toMatchInlineSnapshot(`
      "coverage of v5, 2 scenarios

        branches of the source: 1 of 2 taken; by path
          break-only   1 of 2
          write-fault  1 of 2

        never taken (stopped: the thread dies of an address that came from an empty slot):
          mm/memory.c:5275 handle_cow_pte_fault(): alloc_new_table FAIL -> load_seq_end [break-only,
              write-fault]

        orders: pairs of steps of two threads, one taken directly after the other
          one write-fault in each of A and B
            6,006 pairs of 8712 (69 %) in 4,332 states, all orders
          two breaks in A beside an idle B
            1,842 pairs of 3200 (58 %) in 2,245 states, all orders

        locks
          held: mmap_lock read, ptl
          held together by one thread: mmap_lock read + ptl
          held at once by two threads: mmap_lock read + mmap_lock read, mmap_lock read + mmap_lock read
              (the same), mmap_lock read + ptl, ptl + ptl
      "
    `);
  });
});

test('a search that ended early says so', () => {
  const done = check(
    {
      scenarios: named('two breaks in A beside an idle B'),
      protocol: v5!,
      properties,
      options: { maxStates: 50 },
      coverage: true,
    },
    engines.js,
  );
  const report = coverageReport(done.flatMap(({ coverage }) => coverage ?? []));
  expect(report.cut).toEqual(['two breaks in A beside an idle B']);
  expect(coverageText(report, 'v5')).toContain('\n  (1 search ended early)\n');
});

test('nothing is collected where nobody asks', () => {
  const done = check(
    { scenarios: named('two breaks in A beside an idle B'), protocol: v5!, properties, options: {} },
    engines.js,
  );
  expect(done.map((d) => d.coverage)).toEqual([null]);
});

test('every reason why a branch is not taken is about a branch that there is', () => {
  const uses = suites.default.flatMap((scenario) => {
    const system = assemble(scenario, v5!, []);
    const program = readSystem(system);
    return usesOf(scenario, system, branchCounts(program, new Uint8Array(program.branches)));
  });
  const why = branchesOf(uses).filter((b) => whyNever(b) !== null);
  const stale = knownNever.filter((pattern) => {
    const [within, step, leadsTo = '*'] = pattern.split(' ');
    const fits = (a: string | undefined, b: string) => a === '*' || a === b;
    return !why.some((b) => b.function === within && fits(step, b.step) && fits(leadsTo, b.leadsTo));
  });
  expect(stale).toEqual([]);
});
