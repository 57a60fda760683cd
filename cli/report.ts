import { coverageReport } from '../checking/coverage/coverage.ts';
import { disappeared } from '../checking/exit-code.ts';
import type { PropertyResult, ScenarioResult } from '../checking/result.ts';
import { ascii } from '../evidence/ascii.ts';
import { coverageText } from '../evidence/coverage.ts';
import { overview } from '../evidence/overview.ts';
import { count, type Paint, verdictTable } from '../evidence/verdicts.ts';
import { drawIn } from './layout.ts';
import type { Outputs } from './outputs.ts';
import { counterexample, type ReportContext } from './report-context.ts';

/** Up to this many scenarios each names all its properties; in longer suites the overview at the end does. */
const shortSuite = 3;

/** What a check prints for people: verdicts as they come, then one trace for each violated property, then the summary. */
export class Report {
  private readonly print: (text: string) => void;
  private readonly paint: Paint;
  private readonly context: ReportContext;
  private readonly outputs: Outputs;

  constructor(shown: boolean, paint: Paint, context: ReportContext, outputs: Outputs) {
    this.print = shown ? (text) => process.stdout.write(text) : () => {};
    this.paint = paint;
    this.context = context;
    this.outputs = outputs;
  }

  scenario({ scenario, results, course, seconds }: ScenarioResult): void {
    const brief = this.context.scenarios.length > shortSuite;
    this.print(`${verdictTable(scenario.name, results, seconds, this.paint, brief, course)}\n`);
  }

  end(done: readonly ScenarioResult[], expected: readonly string[], unsearched: number): void {
    const results = done.flatMap((s) => s.results);
    const violated = [...new Set(results.filter((r) => r.verdict === 'violated').map((r) => r.property))];
    for (const property of violated) this.trace(property, done);
    const told = done.flatMap(({ coverage }) => coverage ?? []);
    if (told.length > 0) {
      this.print(`${coverageText(coverageReport(told), this.context.protocol)}\n${'-'.repeat(70)}\n\n`);
    }
    this.print(overview(results, done.length, this.context.protocol, this.paint));
    if (unsearched > 0) {
      this.print(
        `${count(unsearched, 'scenario was', 'scenarios were')} not searched: --first ended the check\n`,
      );
    }
    for (const name of expected.filter((n) => violated.includes(n)))
      this.print(`expected: ${name} is violated\n`);
    for (const name of disappeared({ results, expected, unsearched })) {
      this.print(`${name} was expected to be violated, and it holds\n`);
    }
    const { written, folder } = this.outputs;
    const files = [
      ...(written.length === 0 ? [] : [`The result is in ${written.map((path) => ascii(path)).join(', ')}`]),
      ...(folder === null ? [] : [`${written.length === 0 ? 'The' : 'the'} traces are in ${ascii(folder)}`]),
    ];
    if (files.length > 0) this.print(`${files.join(', ')}.\n`);
  }

  /** The shortest trace of the property, and the names of the other scenarios that violate it. */
  private trace(property: string, done: readonly ScenarioResult[]): void {
    const length = (result: PropertyResult): number => result.trace?.steps.length ?? Number.POSITIVE_INFINITY;
    const found = done
      .flatMap(({ results, whole }) => results.map((result) => ({ result, whole })))
      .filter(({ result }) => result.property === property && result.verdict === 'violated')
      .sort((a, b) => length(a.result) - length(b.result));
    const [shortest, ...others] = found;
    if (!shortest?.result.trace) return;
    const path = this.outputs.traceOf(shortest.result);
    this.print(
      drawIn(this.context.layout, counterexample(this.context, shortest.result, shortest.whole, path)),
    );
    if (others.length > 0) {
      this.print('\nAlso violated, in the same or more steps, in:\n');
      for (const { result } of others) this.print(`  ${ascii(result.scenario)}\n`);
    }
    this.print(`\n${'-'.repeat(70)}\n\n`);
  }
}
