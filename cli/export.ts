import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { exitCodes } from '../checking/exit-code.ts';
import { murphiText } from '../engines/murphi/murphi.ts';
import { symmetricMurphiText } from '../engines/murphi/symmetric/symmetric.ts';
import { promelaText } from '../engines/promela/promela.ts';
import { tlaText } from '../engines/tla/tla.ts';
import { QUOTIENTS } from '../explorer/graph/graph.ts';
import type { System } from '../model/language/system.ts';
import { InputError } from '../model/scenarios/input-error.ts';
import { quoted } from '../model/scenarios/quoted.ts';
import { properties } from '../properties/index.ts';
import { answer } from './answer.ts';
import { readOverrides, readSymbols, reconfigured } from './config-overrides.ts';
import { exportGraph, type GraphOptions, graphFormats, graphOnly } from './export-graph.ts';
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
  Record<string, (system: System, path: string | null, symmetric: boolean) => readonly Part[]>
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

interface ExportOptions extends GraphOptions {
  readonly scenario: string;
  readonly protocol: string;
  readonly config?: readonly string[];
  readonly format: string;
  readonly symmetric?: boolean;
  readonly output?: string;
}

/** Adds `cowpte export` to the program. */
export function addExport(program: Command): void {
  program
    .command('export')
    .description('write the system of a scenario for another checker, or its state graph')
    .requiredOption('--scenario <name|file>', 'a scenario by name, slug or file')
    .option('--protocol <name|file,...>', 'a protocol by name, or patches to translate', 'v5')
    .option('--property <name...>', 'with these properties only (default: all)')
    .option('--config <key=value...>', 'change the configuration of the scenario, as for check')
    .addOption(
      new Option('--format <name>', 'a format of graphs, or a language')
        .choices([...Object.keys(graphFormats), ...Object.keys(languages)])
        .makeOptionMandatory(),
    )
    .addOption(new Option('--quotient <kind>', 'put states of the graph together').choices(QUOTIENTS))
    .option('--shape <variable...>', 'the variables that make up the shape (default: those of the tables)')
    .option('--around <n>', 'only the counterexample of the one --property, and what is n steps from it')
    .option('--max-states <n>', 'a graph of at most n states')
    .option('--max-depth <n>', 'only states that at most n steps lead to')
    .option('--memory <size>', 'memory for the states, such as 512M or 2G (default: 70 % of the machine)')
    .option('--symmetric', 'murphi with scalarsets, for the symmetry reduction of rumur')
    .option('-o, --output <file>', 'write to this file (default: standard output)')
    .addHelpText('after', formatText)
    .action(async (options: ExportOptions) => {
      process.exitCode = await exportSystem(options);
    });
}

const formatText = `
Graphs, of the system as written: gexf for Gephi, graphml, dot for Graphviz, mermaid (up to 200 nodes), jsonl. Quotients put
states together by the places of the threads, by the shape of the tables, by strongly connected component (scc), or by
strong bisimulation over steps labelled with thread, place and event. A picture of 10,000 states is a texture: begin
with --quotient shape, or with the neighbourhood of a counterexample.
Languages: promela for SPIN 6.5.2, murphi for rumur, tla for TLC (FILE.tla and FILE.cfg). The head of each text says how to
run it. Each counts the states and transitions of cowpte check --no-reduce; watched properties such as lifecycle are
part of the state. Fair cycles are not judged there. With --symmetric the text for rumur has scalarsets, and its states are
the orbits of that graph.`;

async function exportSystem(options: ExportOptions): Promise<number> {
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
  if (options.format in graphFormats) {
    if (path !== null) demandFile('-o', path);
    return exportGraph(system, options.format, path, options);
  }
  const foreign = graphOnly.find((key) => options[key] !== undefined);
  if (foreign !== undefined) {
    const option = `--${foreign.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
    throw new InputError('usage', option, `is for graphs, and ${options.format} is a language`);
  }
  const parts = languages[options.format]!(system, path, symmetric);
  if (path === null) answer(parts.map((p) => p.text).join(''));
  else writeParts(parts);
  return exitCodes.holds;
}

/** All parts or none: what could keep the last one from being written is found out before the first. */
function writeParts(parts: readonly Part[]): void {
  for (const { path } of parts) demandFile('-o', path);
  for (const { path, text } of parts) writeNamed('-o', path, text);
}
