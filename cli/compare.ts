import { compareProtocols, comparisonCode } from '../checking/compare/comparison.ts';
import { comparisonText } from '../evidence/comparison.ts';
import { jsonText } from '../evidence/json.ts';
import { protocols } from '../model/variants/index.ts';
import { properties } from '../properties/index.ts';
import { readSuite } from './check-options.ts';
import type { ColorChoice } from './choices.ts';
import { verdictPaint } from './color.ts';
import { readOverrides, reconfigured } from './config-overrides.ts';
import { demandFile, writeNamed } from './file-option.ts';
import { findNamed } from './find-named.ts';
import { findScenarios } from './find-scenarios.ts';
import { engines } from './parts.ts';
import { ProgressLine } from './progress.ts';
import { readCount, readDuration, readMemory } from './quantities.ts';
import { version } from './version.ts';

/** The options of `compare` as commander leaves them. */
export interface CompareOptions {
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

/** What `cowpte compare` does; gives the exit code. */
export function compare(first: string, second: string, options: CompareOptions): number {
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
