import { basename } from 'node:path';
import { exitCodes } from '../checking/exit-code.ts';
import { murphiText } from '../engines/murphi/murphi.ts';
import { symmetricMurphiText } from '../engines/murphi/symmetric/symmetric.ts';
import { promelaText } from '../engines/promela/promela.ts';
import { tlaText } from '../engines/tla/tla.ts';
import type { System } from '../model/language/system.ts';
import { InputError } from '../model/scenarios/input-error.ts';
import { quoted } from '../model/scenarios/quoted.ts';
import { properties } from '../properties/index.ts';
import { answer } from './answer.ts';
import type { GraphFormatName, LanguageName } from './choices.ts';
import { readOverrides, readSymbols, reconfigured } from './config-overrides.ts';
import { exportGraph, type GraphOptions, graphOnly, isGraphFormat } from './export-graph.ts';
import { demandFile, writeNamed } from './file-option.ts';
import { findNamed } from './find-named.ts';
import { demandProtocol, namesText } from './find-protocol.ts';
import { findScenarios } from './find-scenarios.ts';
import { engines } from './parts.ts';

/** One file of an export of a text: what is added to the name that was given, and its text. */
interface Part {
  readonly path: string;
  readonly text: string;
}

/** The texts of a system for other checkers. The first part goes to standard output where no file is named. */
const languages: Readonly<
  Record<LanguageName, (system: System, path: string | null, symmetric: boolean) => readonly Part[]>
> = {
  promela: (system, path) => [{ path: path ?? '', text: promelaText(system) }],
  murphi: (system, path, symmetric) => [
    { path: path ?? '', text: symmetric ? symmetricMurphiText(system) : murphiText(system) },
  ],
  tla: (system, path) => {
    if (path === null) {
      const { module, configuration } = tlaText(system);
      // What stands behind the end of a module is not read by the tools.
      return [{ path: '', text: `${module}\nSystem.cfg:\n${configuration}` }];
    }
    const { module, configuration } = tlaText(system, { module: moduleName(path) });
    return [
      { path, text: module },
      { path: path.replace(/\.tla$/, '.cfg'), text: configuration },
    ];
  },
};

/** A module has the name of its file. */
function moduleName(path: string): string {
  const name = basename(path).replace(/\.tla$/, '');
  if (path.endsWith('.tla') && /^[A-Za-z]\w*$/.test(name)) return name;
  const what = `${quoted(basename(path))} is not the file of a module: its name has letters, digits and underscores`;
  throw new InputError('usage', '-o', what, 'such as System.tla');
}

/** The options of `export` as commander leaves them. */
export interface ExportOptions extends GraphOptions {
  readonly scenario: string;
  readonly protocol: string;
  readonly config?: readonly string[];
  readonly format: GraphFormatName | LanguageName;
  readonly symmetric?: boolean;
  readonly output?: string;
}

/** What `cowpte export` does; gives the exit code. */
export async function exportSystem(options: ExportOptions): Promise<number> {
  const found = findScenarios([options.scenario], 'default')[0]!;
  const { symbols, others } = readSymbols(options.config ?? [], namesText(options.protocol));
  const scenario = reconfigured(found.scenario, readOverrides(others));
  const { protocol } = await demandProtocol(options.protocol, '--protocol', symbols);
  const named = [...new Set(options.property ?? [])];
  for (const name of named) findNamed(name, properties, 'property', '--property');
  const judged = properties.filter(({ name }) => named.length === 0 || named.includes(name));
  const system = engines.js.assemble(scenario, protocol, judged);
  const path = options.output === undefined || options.output === '-' ? null : options.output;
  const symmetric = options.symmetric ?? false;
  if (symmetric && options.format !== 'murphi')
    throw new InputError('usage', '--symmetric', `is for murphi, and the format is ${options.format}`);
  const { format } = options;
  if (isGraphFormat(format)) {
    if (path !== null) demandFile('-o', path);
    return exportGraph(system, format, path, options);
  }
  const foreign = graphOnly.find((key) => options[key] !== undefined);
  if (foreign !== undefined) {
    const option = `--${foreign.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
    throw new InputError('usage', option, `is for graphs, and ${format} is a language`);
  }
  const parts = languages[format](system, path, symmetric);
  if (path === null) answer(parts.map((p) => p.text).join(''));
  else writeParts(parts);
  return exitCodes.holds;
}

/** All parts or none: what could keep the last one from being written is found out before the first. */
function writeParts(parts: readonly Part[]): void {
  for (const { path } of parts) demandFile('-o', path);
  for (const { path, text } of parts) writeNamed('-o', path, text);
}
