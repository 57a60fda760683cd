import { dirname, join } from 'node:path';
import {
  type PropertyResult,
  type RunFile,
  resolvedThreads,
  type ScenarioResult,
} from '../checking/result.ts';
import { traceFile } from '../checking/trace-file.ts';
import { jsonText } from '../evidence/json.ts';
import { InputError } from '../model/scenarios/input-error.ts';
import type { TraceFormatName } from './choices.ts';
import { demandFile, demandFolder, writeNamed } from './file-option.ts';
import { junitOf } from './junit-of.ts';
import { drawIn } from './layout.ts';
import { placeOf } from './place.ts';
import { counterexample, type ReportContext } from './report-context.ts';
import { sarifOf } from './sarif-of.ts';
import { traceFormats } from './trace-formats.ts';
import { version } from './version.ts';

/** The options that name what a check leaves behind, as they were given. */
export interface OutputOptions {
  readonly json?: string;
  readonly sarif?: string;
  readonly junit?: string;
  readonly report?: string;
  readonly traces?: string;
  readonly traceFormat?: readonly TraceFormatName[];
}

/** A result in one file: `-` for standard output. */
interface ResultFile {
  readonly option: string;
  readonly path: string;
  readonly text: (run: RunFile, done: readonly ScenarioResult[]) => string;
}

const same = (a: string, b: string): boolean =>
  a === b || (a !== '-' && b !== '-' && placeOf(a) === placeOf(b));

/** The files that a check leaves behind. */
export class Outputs {
  readonly folder: string | null;
  private readonly reportPath: string | null;
  /** A result goes to standard output, where nothing else may be written then. */
  readonly takesStandardOutput: boolean;
  private readonly context: ReportContext;
  private readonly files: readonly ResultFile[];
  private readonly formats: readonly TraceFormatName[];

  /** Throws at once if something could not be written after the search. */
  constructor(options: OutputOptions, context: ReportContext) {
    this.context = context;
    this.folder = options.traces ?? null;
    this.reportPath = options.report ?? null;
    this.formats = [...new Set(options.traceFormat ?? [])];
    this.files = [
      { option: '--json', path: options.json, text: (run: RunFile) => jsonText(run) },
      {
        option: '--sarif',
        path: options.sarif,
        text: (_: RunFile, done: readonly ScenarioResult[]) => this.sarif(done),
      },
      {
        option: '--junit',
        path: options.junit,
        text: (_: RunFile, done: readonly ScenarioResult[]) =>
          junitOf(context, done, (result) => this.traceOf(result)),
      },
    ].flatMap(({ path, ...rest }) => (path === undefined ? [] : [{ path, ...rest }]));
    this.takesStandardOutput = this.files.some(({ path }) => path === '-');
    this.demand();
  }

  private demand(): void {
    const report = this.reportPath === null ? [] : [{ option: '--report', path: this.reportPath }];
    const named = [...this.files, ...report];
    if (this.reportPath === '-') {
      throw new InputError('usage', '--report -', 'a report goes to a file', 'give it the name of one');
    }
    for (const { option, path } of named) {
      const folder = this.folder === null ? [] : [{ option: '--traces', path: this.folder }];
      const other = [...named, ...folder].find((o) => o.option !== option && same(o.path, path));
      if (other)
        throw new InputError('usage', option, `${other.option} has the same name`, 'give it another one');
    }
    if (this.formats.length > 0 && this.folder === null) {
      throw new InputError('usage', '--trace-format', 'needs a folder', 'give it with --traces');
    }
    // A result may stand in the folder of the traces, which is made last.
    const inFolder = ({ path }: { path: string }): boolean =>
      this.folder !== null && same(dirname(path), this.folder);
    const files = named.filter(({ path }) => path !== '-');
    for (const { option, path } of files.filter((file) => !inFolder(file))) demandFile(option, path);
    if (this.folder !== null) demandFolder('--traces', this.folder);
    for (const { option, path } of files.filter(inFolder)) demandFile(option, path);
  }

  /** What was written, for people. */
  get written(): readonly string[] {
    const paths = [
      ...this.files.map(({ path }) => path),
      ...(this.reportPath === null ? [] : [this.reportPath]),
    ];
    return paths.filter((path) => path !== '-');
  }

  /** The file of a counterexample; null where traces are not kept. */
  traceOf(result: PropertyResult): string | null {
    if (this.folder === null || result.trace === null) return null;
    const index = this.context.scenarios.findIndex((s) => s.name === result.scenario);
    return join(this.folder, `${this.context.slugs[index]}.${result.property}.json`);
  }

  /** Writes the counterexamples of one scenario. */
  traces({ scenario, results, whole }: ScenarioResult): void {
    for (const result of results) {
      const path = this.traceOf(result);
      if (path === null || result.trace === null) continue;
      const file = traceFile(version, this.context.protocol, scenario, result.property, result.trace);
      const told = counterexample(this.context, result, whole, path);
      const named = (suffix: string): string => path.replace(/\.json$/, suffix);
      writeNamed('--traces', path, jsonText(file));
      writeNamed('--traces', named('.txt'), drawIn(this.context.layout, told));
      for (const format of this.formats) {
        const { suffix, text } = traceFormats[format];
        writeNamed('--traces', named(suffix), text({ told, file, scenario, states: result.states }));
      }
    }
  }

  /** Writes the result in every form that was asked for. */
  end(run: RunFile, done: readonly ScenarioResult[]): void {
    for (const { option, path, text } of this.files) {
      if (path === '-') process.stdout.write(text(run, done));
      else writeNamed(option, path, text(run, done));
    }
  }

  /** Writes the report, if one was asked for. */
  report(text: string): void {
    if (this.reportPath !== null) writeNamed('--report', this.reportPath, text);
  }

  private sarif(done: readonly ScenarioResult[]): string {
    const verdicts = done.flatMap(({ scenario, results, whole }) =>
      results.map((result) => ({
        scenario,
        verdict: { ...result, threads: resolvedThreads(scenario), whole: whole.includes(result.property) },
      })),
    );
    return sarifOf(this.context.protocol, verdicts);
  }
}
