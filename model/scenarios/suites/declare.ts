import { jsonValue } from '../json-text.ts';
import { resolveScenario } from '../read.ts';
import type { Configuration, PathName, Scenario } from '../scenario.ts';

/** A thread of a suite's scenario: the mm and what it runs. */
export type Runs = readonly [mm: string, run: PathName];

/** A scenario of a suite. It is read like a file, so that both know the same rules and defaults. */
export function declare(
  name: string,
  about: string,
  mms: string,
  threads: readonly Runs[],
  config: Partial<Configuration> = {},
): Scenario {
  const file = {
    name,
    about,
    mms: Object.fromEntries(Array.from(mms, (mm) => [mm, {}])),
    threads: threads.map(([mm, run]) => ({ mm, run })),
    config,
  };
  return resolveScenario(jsonValue(file), name);
}

/** The same scenario, and once more with one allocation that may fail. */
export function alsoFailing(scenario: Scenario): readonly Scenario[] {
  return [
    scenario,
    {
      ...scenario,
      name: `${scenario.name}, one allocation may fail`,
      about: `${scenario.about}; any one allocation may fail`,
      config: { ...scenario.config, allocFailures: 1 },
    },
  ];
}
