import { join } from 'node:path';
import type { PropertyResult, RunFile, ScenarioResult } from '../checking/result.ts';
import { traceFile } from '../checking/trace-file.ts';
import { jsonText } from '../evidence/json.ts';
import { demandFile, demandFolder, writeNamed } from './file-option.ts';
import { drawIn } from './layout.ts';
import { counterexample, type ReportContext } from './report-context.ts';

/** The files that a check leaves behind. */
export class Outputs {
  readonly json: string | null;
  readonly folder: string | null;
  private readonly context: ReportContext;

  /** Throws at once if something could not be written after the search. */
  constructor(json: string | null, folder: string | null, context: ReportContext) {
    this.json = json;
    this.folder = folder;
    this.context = context;
    if (json !== null && json !== '-') demandFile('--json', json);
    if (folder !== null) demandFolder('--traces', folder);
  }

  /** The file of a counterexample; null where traces are not kept. */
  traceOf(result: PropertyResult): string | null {
    if (this.folder === null || result.trace === null) return null;
    const index = this.context.scenarios.findIndex((s) => s.name === result.scenario);
    return join(this.folder, `${this.context.slugs[index]}.${result.property}.json`);
  }

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
    const { json } = this;
    if (json === null) return;
    if (json === '-') process.stdout.write(jsonText(file));
    else writeNamed('--json', json, jsonText(file));
  }
}
