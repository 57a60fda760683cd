import type { PropertyResult, ScenarioResult } from '../checking/result.ts';
import { readAssets } from '../evidence/report/assets.ts';
import { drawGraphs } from '../evidence/report/graph-svg.ts';
import type { ReportedResult, ReportInput } from '../evidence/report/input.ts';
import { reportHtml } from '../evidence/report/report.ts';
import type { SourceLines } from '../evidence/report/sources.ts';
import { traceName } from '../evidence/review/page.ts';
import type { Protocol } from '../model/variants/protocol.ts';
import { properties } from '../properties/index.ts';
import { drawIn } from './layout.ts';
import type { Outputs } from './outputs.ts';
import type { ProgressLine } from './progress.ts';
import { counterexample, type ReportContext } from './report-context.ts';
import { reportGraphs } from './report-graphs.ts';
import { type ReviewedPatches, reviewOfCheck } from './review/of-check.ts';

interface ReportRequest {
  readonly protocol: Protocol;
  readonly outputs: Outputs;
  /** Of how many scenarios, at most. */
  readonly graphs: number;
  /** The lines of --patch. */
  readonly source: SourceLines | null;
  /** The patches, if their comments are to be reviewed. */
  readonly reviewed: ReviewedPatches | null;
  readonly progress: ProgressLine;
  readonly tool: string;
  /** What the searches took. */
  readonly seconds: number;
}

/** The text of --report. */
export async function htmlReport(
  done: readonly ScenarioResult[],
  context: ReportContext,
  { protocol, outputs, source, reviewed, graphs: most, progress, tool, seconds }: ReportRequest,
): Promise<string> {
  const graphs = reportGraphs(done, context, { protocol, most, progress });
  const results = done.flatMap(({ results: ofScenario, whole }) =>
    ofScenario.map((result) => reported(result, whole, context, outputs.traceOf(result))),
  );
  const texts = new Map(results.map((r) => [traceName(r), r.counterexample?.text ?? '']));
  const draw = (result: PropertyResult): string => texts.get(traceName(result))!;
  const input: ReportInput = {
    tool,
    protocol: protocol.name,
    about: protocol.about,
    claims: Object.fromEntries(properties.map(({ name, claim }) => [name, claim])),
    results,
    source,
    review: reviewed && reviewOfCheck(reviewed, { protocol: protocol.name, done, draw }),
    graphs,
    seconds,
  };
  return reportHtml(input, readAssets(), await drawGraphs(graphs));
}

function reported(
  result: PropertyResult,
  whole: readonly string[],
  context: ReportContext,
  path: string | null,
): ReportedResult {
  const index = context.scenarios.findIndex((s) => s.name === result.scenario);
  const told = result.trace && counterexample(context, result, whole, path);
  return {
    ...result,
    config: { ...result.config },
    bounds: { ...result.bounds },
    slug: context.slugs[index]!,
    counterexample: told && { told, text: drawIn(context.layout, told) },
  };
}
