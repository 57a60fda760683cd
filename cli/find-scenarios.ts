import { existsSync } from 'node:fs';
import { InputError } from '../model/scenarios/input-error.ts';
import { quoted } from '../model/scenarios/quoted.ts';
import { readScenario } from '../model/scenarios/read.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { slug } from '../model/scenarios/slug.ts';
import { didYouMean } from '../model/scenarios/suggestion.ts';
import { suites } from '../model/scenarios/suites/index.ts';
import { readInput } from './read-input.ts';

/** A scenario, and what one writes to name it on the command line. */
export interface NamedScenario {
  readonly scenario: Scenario;
  readonly argument: string;
}

const mostBytes = 1_000_000;

/** Every scenario that comes with the program. */
export const shippedScenarios = (): readonly Scenario[] => Object.values(suites).flat();

/** The shipped scenario with this name or slug. */
export const shippedScenario = (name: string): Scenario | undefined =>
  shippedScenarios().find((s) => s.name === name || slug(s.name) === name);

/** The scenarios that the arguments of --scenario name, each once; the suite where none is named. */
export function findScenarios(
  named: readonly string[] | undefined,
  suite: keyof typeof suites,
): readonly NamedScenario[] {
  if (!named) return suites[suite].map((scenario) => ({ scenario, argument: slug(scenario.name) }));
  const found = [...new Set(named)].map((argument): NamedScenario => {
    const shipped = shippedScenario(argument);
    if (shipped) return { scenario: shipped, argument: slug(shipped.name) };
    if (/\.json$|[/\\]/.test(argument) || existsSync(argument)) {
      return { scenario: readScenario(readInput(argument, mostBytes), argument), argument };
    }
    const known = shippedScenarios().flatMap((s) => [s.name, slug(s.name)]);
    const hint = didYouMean(argument, known);
    const list = "'cowpte list scenarios' names them";
    const what = `no scenario or file is called ${quoted(argument)}`;
    throw new InputError('unknown-name', '--scenario', what, hint.startsWith('did') ? hint : list);
  });
  return withoutDoubles(found);
}

/** The same scenario named twice counts once; two with one name would be mixed up in every result. */
function withoutDoubles(found: readonly NamedScenario[]): readonly NamedScenario[] {
  const byName = new Map<string, NamedScenario>();
  for (const next of found) {
    const { name } = next.scenario;
    const other = byName.get(name);
    if (other && JSON.stringify(other.scenario) !== JSON.stringify(next.scenario)) {
      const what = `two different scenarios are both named ${quoted(name)}`;
      throw new InputError('contradiction', '--scenario', what, 'give one of them another name');
    }
    byName.set(name, other ?? next);
  }
  return [...byName.values()];
}
