// How large is a report with twelve counterexamples, and how soon does it stand on the screen?
//
// Usage: npm run build && npx tsx bench/report.ts
// The first twelve counterexamples of the default suite on v5, with all verdicts of their scenarios; opened from disk in chromium,
// each time in a new window. Times are medians.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { assemble } from '../checking/assemble.ts';
import { check } from '../checking/check.ts';
import { htmlReport } from '../cli/html-report.ts';
import { Outputs } from '../cli/outputs.ts';
import { ProgressLine } from '../cli/progress.ts';
import { explore } from '../explorer/search/explore.ts';
import { replay } from '../explorer/trace/replay.ts';
import { slugs } from '../model/scenarios/slug.ts';
import { suites } from '../model/scenarios/suites/index.ts';
import { protocols } from '../model/variants/index.ts';
import { properties } from '../properties/index.ts';

const wanted = 12;
const runs = 9;
const protocol = protocols[0]!;

/** Scenarios of the suite, one after the other, until there are enough counterexamples. */
function checked() {
  const done = [];
  let found = 0;
  for (const scenario of suites.default) {
    const [result] = check(
      { scenarios: [scenario], protocol, properties, options: {} },
      { assemble, explore, replay },
    );
    done.push(result!);
    found += result!.results.filter((r) => r.trace !== null).length;
    if (found >= wanted) break;
  }
  return done;
}

/** Run in the page: when something first stood on the screen, in milliseconds from the start of loading. */
const firstPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntriesByName('first-contentful-paint')) resolve(startTime);
  }).observe({ type: 'paint', buffered: true });
})`;

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1]!;

const done = checked();
const scenarios = done.map(({ scenario }) => scenario);
const context = {
  protocol: protocol.name,
  layout: 'lockdep',
  config: [],
  scenarios,
  arguments: scenarios.map((s) => s.name),
  slugs: slugs(scenarios.map((s) => s.name)),
} as const;
const outputs = new Outputs({}, context);
const progress = new ProgressLine(true);
const request = { protocol, outputs, source: null, reviewed: null, progress, tool: '0.0.0', seconds: 0 };
const traces = done.flatMap(({ results }) => results.flatMap((r) => (r.trace ? [r.trace.steps.length] : [])));
console.log(`${traces.length} counterexamples of ${Math.min(...traces)} to ${Math.max(...traces)} steps`);

const folder = mkdtempSync(join(tmpdir(), 'cowpte-bench-'));
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const graphs of [0, 1]) {
  const before = performance.now();
  const text = await htmlReport(done, context, { ...request, graphs });
  const made = performance.now() - before;
  const path = join(folder, `${graphs}.html`);
  writeFileSync(path, text);
  const first = text.indexOf('<a href="#trace=') + '<a href="'.length;
  const trace = text.slice(first, text.indexOf('"', first));
  console.log(
    `graphs of ${graphs} scenarios: ${(text.length / 1000).toFixed(0)} kB, made in ${made.toFixed(0)} ms`,
  );
  for (const [page, hash] of [
    ['verdicts', ''],
    ['trace', trace],
  ] as const) {
    const paints: number[] = [];
    for (let run = 0; run < runs; run++) {
      const context = await browser.newContext();
      const opened = await context.newPage();
      await opened.goto(`file://${path}${hash}`);
      paints.push(Number(await opened.evaluate(firstPaint)));
      await context.close();
    }
    console.log(`  ${page.padEnd(10)} first paint after ${median(paints).toFixed(0)} ms`);
  }
}
await browser.close();
rmSync(folder, { recursive: true });
