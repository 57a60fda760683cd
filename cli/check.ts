import { notJudged } from '../checking/check.ts';
import { exitCode } from '../checking/exit-code.ts';
import { readExpectation } from '../checking/expectation.ts';
import { runFile, type ScenarioResult } from '../checking/result.ts';
import { ascii } from '../evidence/ascii.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { slugs } from '../model/scenarios/slug.ts';
import type { Protocol } from '../model/variants/protocol.ts';
import { properties } from '../properties/index.ts';
import type { Patch } from '../review/diff/patch.ts';
import { type CheckOptions, readBounds, readEngine, readSuite, refuseTogether } from './check-options.ts';
import { endCheckpoint, makeCheckpointFolder, readCheckpoint } from './checkpoint-request.ts';
import { verdictPaint } from './color.ts';
import { readOverrides, readSymbols, reconfigured } from './config-overrides.ts';
import { findNamed } from './find-named.ts';
import { demandProtocol, namesText } from './find-protocol.ts';
import { findScenarios } from './find-scenarios.ts';
import { interruptible } from './interrupt.ts';
import { Outputs } from './outputs.ts';
import { engines } from './parts.ts';
import { patchOf, readPatchFile } from './patch-file.ts';
import { patchSource } from './patch-source.ts';
import { ProgressLine } from './progress.ts';
import { readCount } from './quantities.ts';
import { Report } from './report.ts';
import type { ReportContext } from './report-context.ts';
import type { SearchRequest } from './search-request.ts';
import { OutOfMemory, searchInThread } from './search-thread.ts';
import { version } from './version.ts';

/** What cannot be translated is found out here, with its line, and not in the thread of the search. */
function translateAll(scenarios: readonly Scenario[], protocol: Protocol): void {
  for (const scenario of scenarios) engines.js.assemble(scenario, protocol, []);
}

/** What makes a report. It is read before the search, after which it is too late to find anything missing. */
async function reporter(
  patches: readonly Patch[],
  symbols: Readonly<Record<string, number>>,
  overrides: Readonly<Record<string, unknown>>,
) {
  const { htmlReport } = await import('./html-report.ts');
  const { reviewedPatches } = await import('./review/of-check.ts');
  return { htmlReport, reviewed: await reviewedPatches(patches, symbols, overrides) };
}

/** What `cowpte check` does; gives the exit code. Everything that can be wrong with the request is found out before the search begins. */
export async function check(options: CheckOptions): Promise<number> {
  const { symbols, others } = readSymbols(options.config ?? [], namesText(options.protocol));
  const overrides = readOverrides(others);
  const found = findScenarios(options.scenario, readSuite(options.suite));
  const scenarios = found.map(({ scenario }) => reconfigured(scenario, overrides));
  const { protocol, text, notes, patches } = await demandProtocol(options.protocol, '--protocol', symbols);
  const named = [...new Set(options.property ?? [])];
  for (const name of named) findNamed(name, properties, 'property', '--property');
  const judged = properties.filter(({ name }) => named.length === 0 || named.includes(name));
  const names = judged.map((property) => property.name);
  const expected = (options.expect ?? []).map((text) => readExpectation(text, names));
  const bounds = readBounds(options);
  const engine = readEngine(options.engine);
  const graphs = readCount(options.graphs, '--graphs', 0);
  refuseTogether(options);
  const shown = await Promise.all((options.patch ?? []).map((path) => patchOf(readPatchFile(path))));
  const page = options.report === undefined ? null : await reporter(shown, symbols, overrides);
  const context: ReportContext = {
    protocol: protocol.name,
    layout: options.layout,
    config: options.config ?? [],
    arguments: found.map(({ argument }) => argument),
    slugs: slugs(scenarios.map((s) => s.name)),
    scenarios,
  };
  if (text) translateAll(scenarios, protocol);
  for (const note of notes()) process.stderr.write(`cowpte: ${ascii(note, 600)}\n`);
  const checkpoint = readCheckpoint(options);
  // Last, because they make folders.
  if (checkpoint) makeCheckpointFolder(checkpoint);
  const outputs = new Outputs(options, context);
  const human = !options.quiet && !outputs.takesStandardOutput;
  const report = new Report(human, verdictPaint(options.color), context, outputs);
  const progress = new ProgressLine(options.quiet ?? false);
  const { stop, dispose } = interruptible();
  const request: SearchRequest = {
    scenarios,
    protocol: protocol.name,
    text,
    properties: names,
    bounds,
    engine,
    minimal: options.minimal ?? false,
    checkpoint,
    coverage: options.coverage ?? false,
    stop,
  };

  const done: ScenarioResult[] = [];
  const began = Date.now();
  try {
    await searchInThread(request, {
      started: (index) => progress.begin(`[${index + 1}/${scenarios.length}] ${scenarios[index]!.name}`),
      progress: (now) => progress.tell(now),
      finished: (result) => {
        progress.clear();
        done.push(result);
        outputs.traces(result);
        report.scenario(result);
      },
      warned: (what) => {
        progress.clear();
        process.stderr.write(`cowpte: ${ascii(what)}\n`);
      },
    });
  } catch (error) {
    if (!(error instanceof OutOfMemory)) throw error;
    progress.clear();
    for (const scenario of scenarios.slice(done.length)) {
      const result = notJudged(scenario, { properties: judged, options: bounds }, 'memory');
      done.push(result);
      report.scenario(result);
    }
  } finally {
    progress.clear();
    dispose();
  }
  const results = done.flatMap((s) => s.results);
  const unsearched = scenarios.slice(done.length);
  const interrupted = results.some((r) => r.reason === 'interrupted');
  const seconds = (Date.now() - began) / 1000;
  outputs.end(runFile(version, protocol.name, done, seconds, unsearched), done);
  if (page) {
    const { htmlReport, reviewed } = page;
    // Whoever wants to stop does not wait for graphs.
    const drawn = interrupted ? 0 : graphs;
    const source = patchSource(shown, protocol.name, patches);
    const asked = { protocol, outputs, source, reviewed, graphs: drawn, progress, tool: version, seconds };
    outputs.report(await htmlReport(done, context, asked));
  }
  report.end(done, expected, unsearched.length);
  if (checkpoint) endCheckpoint(checkpoint, done, Atomics.load(stop, 0) !== 0, options.quiet ?? false);
  return exitCode({ results, expected, named, interrupted, unsearched: unsearched.length });
}
