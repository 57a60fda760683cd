import { join } from 'node:path';
import type { PropertyResult, RunFile, ScenarioResult } from '../checking/result.ts';
import { traceFile } from '../checking/trace-file.ts';
import { jsonText } from '../evidence/json.ts';
import { demandFile, demandFolder, writeNamed } from './file-option.ts';
import { drawIn } from './layout.ts';
import { counterexample, type ReportContext } from './report-context.ts';

/** Where the files of a check go; what is left out is not written. */
export interface OutputPaths {
  readonly json?: string;
  readonly report?: string;
  /** A folder. */
  readonly traces?: string;
}

/** The files that a check leaves behind. */
export class Outputs {
  readonly paths: OutputPaths;
  private readonly context: ReportContext;

  /** Throws at once if something could not be written after the search. */
  constructor(paths: OutputPaths, context: ReportContext) {
    this.paths = paths;
    this.context = context;
    const { json, report, traces } = paths;
    if (json !== undefined && json !== '-') demandFile('--json', json);
    if (report !== undefined) demandFile('--report', report);
    if (traces !== undefined) demandFolder('--traces', traces);
  }

  /** The file of a counterexample; null where traces are not kept. */
  readonly traceOf = (result: PropertyResult): string | null => {
    const { traces } = this.paths;
    if (traces === undefined || result.trace === null) return null;
    const index = this.context.scenarios.findIndex((s) => s.name === result.scenario);
    return join(traces, `${this.context.slugs[index]}.${result.property}.json`);
  };

  /** Writes the counterexamples of one scenario. */
  traces({ scenario, results, whole }: ScenarioResult, tool: string): void {
    for (const result of results) {
      const path = this.traceOf(result);
      if (path === null || result.trace === null) continue;
      const file = traceFile(tool, this.context.protocol, scenario, result.property, result.trace);
      const told = counterexample(this.context, result, whole, path);
      writeNamed('--traces', path, jsonText(file));
      writeNamed('--traces', path.replace(/\.json$/, '.txt'), drawIn(this.context.layout, told));
    }
  }

  /** Writes the result. */
  result(file: RunFile): void {
    const { json } = this.paths;
    if (json === undefined) return;
    if (json === '-') process.stdout.write(jsonText(file));
    else writeNamed('--json', json, jsonText(file));
  }

  /** Writes the report, if one was asked for; `text` makes it. */
  async report(text: () => Promise<string>): Promise<void> {
    const { report } = this.paths;
    if (report !== undefined) writeNamed('--report', report, await text());
  }
}
