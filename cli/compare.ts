import { type Command, Option } from 'commander';
import { compareProtocols, comparisonCode } from '../checking/compare/comparison.ts';
import { comparisonText } from '../evidence/comparison.ts';
import { jsonText } from '../evidence/json.ts';
import { protocols } from '../model/variants/index.ts';
import { properties } from '../properties/index.ts';
import { readSuite } from './check-options.ts';
import { type ColorChoice, verdictPaint } from './color.ts';
import { readOverrides, reconfigured } from './config-overrides.ts';
import { demandFile, writeNamed } from './file-option.ts';
import { findNamed } from './find-named.ts';
import { findScenarios } from './find-scenarios.ts';
import { engines } from './parts.ts';
import { ProgressLine } from './progress.ts';
import { readCount, readDuration, readMemory } from './quantities.ts';
import { version } from './version.ts';

interface CompareOptions {
  readonly scenario?: readonly string[];
  readonly suite: string;
  readonly property?: readonly string[];
  readonly config?: readonly string[];
  readonly maxStates?: string;
  readonly memory?: string;
  readonly timeout?: string;
  readonly json?: string;
  readonly color: ColorChoice;
  readonly quiet?: boolean;
}

/** Adds `cowpte compare` to the program. */
export function addCompare(program: Command): void {
  program
    .command('compare')
    .description('check two protocols side by side: verdicts, where they part, what only one of them does')
    .argument('<protocol-a>', 'the protocol before, see cowpte list protocols')
    .argument('<protocol-b>', 'the protocol after')
    .option('--scenario <name|file...>', 'scenarios by name, slug or file (default: the suite)')
    .option('--suite <name>', 'the scenarios where none is named', 'default')
    .option('--property <name...>', 'judge these properties only (default: all)')
    .option('--config <key=value...>', 'change the configuration of the scenarios, as for check')
    .option('--max-states <n>', 'store at most n states per search')
    .option('--memory <size>', 'memory for the states, such as 512M or 2G (default: 70 % of the machine)')
    .option('--timeout <time>', 'time per search, such as 30s or 2m; a bare number counts seconds')
    .option('--json <file|->', 'write the comparison as JSON; - for standard output, instead of the text')
    .addOption(
      new Option('--color <when>', 'colour the verdicts')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .option('--quiet', 'print neither the comparison nor progress')
    .addHelpText('after', exitText)
    .action((first: string, second: string, options: CompareOptions) => {
      process.exitCode = compare(first, second, options);
    });
}

const exitText = `
Exit codes: 1 if the second protocol violates a property in a scenario in which the first keeps it, else 3 if a verdict of
either is unknown, else 0; 2 usage or input, 4 internal error. What both violate, and what is fixed, counts as no error.`;

function compare(first: string, second: string, options: CompareOptions): number {
  const [a, b] = [first, second].map((name, n) =>
    findNamed(name, protocols, 'protocol', n === 0 ? '<protocol-a>' : '<protocol-b>'),
  );
  const overrides = readOverrides(options.config ?? []);
  const found = findScenarios(options.scenario, readSuite(options.suite));
  const scenarios = found.map(({ scenario }) => reconfigured(scenario, overrides));
  const named = [...new Set(options.property ?? [])];
  for (const name of named) findNamed(name, properties, 'property', '--property');
  const { maxStates, memory, timeout, json } = options;
  const progress = new ProgressLine(options.quiet ?? false);
  const bounds = {
    ...(maxStates !== undefined && { maxStates: readCount(maxStates, '--max-states') }),
    ...(memory !== undefined && { memory: readMemory(memory, '--memory') }),
    ...(timeout !== undefined && { timeout: readDuration(timeout, '--timeout') }),
  };
  if (json !== undefined && json !== '-') demandFile('--json', json);
  const comparison = compareProtocols(
    {
      scenarios,
      protocols: [a!, b!],
      properties: properties.filter(({ name }) => named.length === 0 || named.includes(name)),
      options: { ...bounds, progress: (now) => progress.tell(now) },
      started: (scenario, index) => progress.begin(`[${index + 1}/${scenarios.length}] ${scenario.name}`),
    },
    engines.auto,
  );
  progress.clear();
  const text =
    json === undefined ? '' : jsonText({ schema: 'cowpte.comparison/1', tool: version, ...comparison });
  if (json !== undefined && json !== '-') writeNamed('--json', json, text);
  if (json === '-') process.stdout.write(text);
  else if (!options.quiet) process.stdout.write(comparisonText(comparison, verdictPaint(options.color)));
  return comparisonCode(comparison);
}
