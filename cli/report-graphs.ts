import { assemble } from '../checking/assemble.ts';
import type { ScenarioResult } from '../checking/result.ts';
import { mostDrawn, mostShown, type ReportGraph } from '../evidence/report/graph-page.ts';
import { pictureOf } from '../explorer/graph/picture.ts';
import type { Progress } from '../explorer/options.ts';
import type { System } from '../model/language/system.ts';
import type { Protocol } from '../model/variants/protocol.ts';
import { properties } from '../properties/index.ts';
import type { ProgressLine } from './progress.ts';
import type { ReportContext } from './report-context.ts';

interface GraphRequest {
  readonly protocol: Protocol;
  /** Of how many scenarios, at most. */
  readonly most: number;
  readonly progress: ProgressLine;
}

/** A system with more states than this has no graph in a report: it is searched once more for it, and without reductions. */
const mostStates = 100_000;

/**
 * The graphs of a report, of at most so many scenarios, those with a violation first: of each how the tables change hands, and
 * of the first one also a picture as fine as a browser can show.
 */
export function reportGraphs(
  done: readonly ScenarioResult[],
  context: ReportContext,
  { protocol, most, progress }: GraphRequest,
): readonly ReportGraph[] {
  const violated = ({ results }: ScenarioResult): boolean => results.some((r) => r.verdict === 'violated');
  const graphs: ReportGraph[] = [];
  let scenarios = 0;
  for (const one of [...done.filter(violated), ...done.filter((s) => !violated(s))]) {
    if (scenarios >= most) break;
    const id = context.slugs[context.scenarios.findIndex((s) => s.name === one.scenario.name)]!;
    const judged = properties.filter((p) => one.results.some((r) => r.property === p.name));
    const system = assemble(one.scenario, protocol, judged);
    progress.begin(`graph of ${one.scenario.name}`);
    const made = picturesOf(system, scenarios === 0, (now) => progress.tell(now));
    progress.clear();
    if (made.length > 0) scenarios++;
    graphs.push(
      ...made.map(({ suffix, picture }) => ({ id: id + suffix, scenario: one.scenario.name, picture })),
    );
  }
  return graphs;
}

function picturesOf(
  system: System,
  fine: boolean,
  progress: (now: Progress) => void,
): readonly { readonly suffix: string; readonly picture: ReportGraph['picture'] }[] {
  const bounds = { maxStates: mostStates, progress };
  const shape = pictureOf(system, { most: mostDrawn, by: ['shape'] }, bounds);
  if (shape === null || shape.reason !== null) return [];
  const finest = fine ? pictureOf(system, { most: mostShown }, bounds) : null;
  return [
    { suffix: '', picture: shape },
    ...(finest === null || finest.by === 'shape' ? [] : [{ suffix: '.states', picture: finest }]),
  ];
}
