import type { PropertyResult } from '../checking/result.ts';
import type { Counterexample } from '../evidence/counterexample.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { slug } from '../model/scenarios/slug.ts';
import type { Layout } from './choices.ts';
import { drawIn } from './layout.ts';

/** What every text about a run needs to know of it. */
export interface ReportContext {
  readonly protocol: string;
  readonly layout: Layout;
  /** The values of --config, as given. */
  readonly config: readonly string[];
  readonly scenarios: readonly Scenario[];
  /** For each scenario: what names it on the command line, and in file names. */
  readonly arguments: readonly string[];
  readonly slugs: readonly string[];
}

/** A violated property as the layouts draw it. `path` is the trace file, if there is one: then that can be replayed. */
export function counterexample(
  context: ReportContext,
  result: PropertyResult,
  whole: readonly string[],
  path: string | null,
): Counterexample {
  const { protocol, config } = context;
  const { scenario, property } = result;
  if (result.trace === null) throw new Error(`${property} has no trace in '${scenario}'`);
  const index = context.scenarios.findIndex((s) => s.name === scenario);
  const again = `npx cowpte check --protocol ${protocol} --property ${property}`.split(' ');
  again.push('--scenario', context.arguments[index]!, ...config.flatMap((value) => ['--config', value]));
  return {
    property,
    protocol,
    scenario,
    threads: result.threads,
    trace: result.trace,
    whole: whole.includes(property),
    command: path === null ? again : ['npx', 'cowpte', 'replay', path],
  };
}

/** A violated property, drawn in the layout of lockdep. `scenarios`: those of a suite, by whose slugs one can name them. */
export function drawn(
  protocol: string,
  scenarios: readonly Scenario[],
  result: PropertyResult,
  whole: readonly string[],
  config: readonly string[] = [],
): string {
  const names = scenarios.map((s) => slug(s.name));
  const context = { protocol, layout: 'lockdep', config, scenarios, arguments: names, slugs: names } as const;
  return drawIn(context.layout, counterexample(context, result, whole, null));
}
