import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportHtml } from '../../../evidence/report/report.ts';
import { told } from '../made-trace.ts';
import { heldResult, madeReport, noAssets, violatedResult } from './made-report.ts';

const idle = { ...heldResult, property: 'no-table-leak', exercised: false };
const cut = {
  ...heldResult,
  property: 'accounting',
  verdict: 'unknown',
  reason: 'max-states',
  bounds: { maxStates: 2000 },
  exhaustive: false,
} as const;

/** The rows of the two tables as text, one string a row. */
const rows = (page: string): readonly string[] =>
  [...page.matchAll(/<tr data-[\s\S]*?<\/tr>/g)].map(([row]) =>
    row
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );

describe('the first page', () => {
  const page = reportHtml(madeReport([heldResult, violatedResult, idle, cut]), noAssets);

  test('lists what needs attention first, each verdict with its bounds', () => {
    expect(rows(page).slice(0, 4)).toEqual([
      'violated right-lock-for-slot the right lock is held 1 of 1, exercised in 1 exhaustive, 1,070 states 8 steps, 3 hand-overs',
      'unknown accounting 1 of 1, exercised in 1 not exhaustive (max-states), 1,070 states none',
      'holds no-deadlock all 1, exercised in 1 exhaustive, 1,070 states none',
      'holds (not exercised) no-table-leak all 1, exercised in none exhaustive, 1,070 states none',
    ]);
  });

  test('tells each search once, with its threads and its bounds', () => {
    expect(rows(page).slice(4)).toEqual([
      'two write-faults in A beside an idle B A/0 write-fault, A/1 write-fault, B/0 break-only 1,070 states 2,132 transitions, depth 50 exhaustive symmetry right-lock-for-slot none 1 holds no-deadlock 1 holds (not exercised) no-table-leak',
      'two write-faults in A beside an idle B A/0 write-fault, A/1 write-fault, B/0 break-only 1,070 states 2,132 transitions, depth 50 not exhaustive (max-states) symmetry none 1 unknown accounting',
    ]);
  });

  test('says that a search was not exhaustive', () => {
    expect(page).toContain('1 search of 2 ended early');
    expect(reportHtml(madeReport([heldResult]), noAssets)).toContain(
      "Every order of the steps of each scenario's threads was searched.",
    );
  });
});

test('the trace stands in the page as text, under its address', () => {
  const page = reportHtml(madeReport([violatedResult]), noAssets);
  expect(page).toContain('<article id="trace=two-write-faults.right-lock-for-slot"');
  expect(page).toContain('CPU0 &gt; CPU1 &amp; so on\n</pre>');
  expect(page).toContain('href="#trace=two-write-faults.right-lock-for-slot"');
});

test('the same input gives the same bytes', () => {
  const again = (): string => reportHtml(madeReport([violatedResult, heldResult]), noAssets);
  expect(again()).toBe(again());
  const later = reportHtml(madeReport([violatedResult, heldResult], { seconds: 99 }), noAssets);
  expect(later.replace('99.0</span>', '1.3</span>')).toBe(again());
});

test('the policy names the hash of each script and style, and nothing else', () => {
  const page = reportHtml(madeReport([heldResult]), noAssets);
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const [, said] = /Content-Security-Policy" content="([^"]*)"/.exec(page)!;
  expect(said).toBe(
    `default-src 'none'; script-src ${hash('run()')}; style-src ${hash('body{}')}; base-uri 'none'; form-action 'none'`,
  );
  expect(page.match(/<script(?! type="application\/json")/g)).toHaveLength(1);
  expect(page).not.toMatch(/ (?:style|on\w+|src)="/);
});

test('no text of a stranger becomes markup', () => {
  const names = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '</script><script>bad()</script>',
      '<!--',
      '"><img src=x onerror=bad()>',
      "'",
      '\u0000\u202e',
    ),
    fc.constant('<b>'.repeat(3_500)),
  );
  const plain = reportHtml(madeReport([violatedResult]), noAssets);
  const tags = (page: string): readonly string[] => page.match(/<\/?[a-z][a-z0-9]*|<!/gi) ?? [];
  fc.assert(
    fc.property(names, names, (scenario, says) => {
      const trace = { ...told.trace, steps: told.trace.steps.map((step) => ({ ...step, says })) };
      const example = { told: { ...told, scenario, trace }, text: says };
      const page = reportHtml(
        madeReport([{ ...violatedResult, scenario, counterexample: example }]),
        noAssets,
      );
      expect(tags(page)).toEqual(tags(plain));
    }),
    { numRuns: 50 },
  );
});
