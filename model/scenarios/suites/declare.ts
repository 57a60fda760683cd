import { jsonValue } from '../json-text.ts';
import { resolveScenario } from '../read.ts';
import type { Configuration, PathName, Scenario } from '../scenario.ts';

/** A thread of a suite's scenario: the mm, what it runs, and further keys of a thread. */
export type Runs = readonly [mm: string, run: PathName, keys?: Readonly<Record<string, unknown>>];

/** What a scenario may have beside its threads and its configuration. */
export interface Setting {
  readonly initial?: unknown;
}

/**
 * A scenario of a suite. It is read like a file, so that both know the same rules and defaults. `mms` has a letter for each mm; those
 * behind a `+` do not share yet.
 */
export function declare(
  name: string,
  about: string,
  mms: string,
  threads: readonly Runs[],
  config: Partial<Configuration> = {},
  setting: Setting = {},
): Scenario {
  const [members = '', others = ''] = mms.split('+');
  const file = {
    name,
    about,
    mms: Object.fromEntries([
      ...Array.from(members, (mm) => [mm, {}]),
      ...Array.from(others, (mm) => [mm, { member: false }]),
    ]),
    ...setting,
    threads: threads.map(([mm, run, keys]) => ({ mm, run, ...keys })),
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
