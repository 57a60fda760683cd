import { initialOf } from './initial.ts';
import type { Scenario } from './scenario.ts';

/** The scenario in the form of a scenario file; reading it gives the same scenario again. */
export function scenarioToJson(scenario: Scenario): object {
  const initial = initialOf(scenario.mms);
  if (initial === null) throw new Error(`no file can say how the slots of '${scenario.name}' start`);
  return {
    name: scenario.name,
    ...(scenario.about !== '' && { about: scenario.about }),
    mms: Object.fromEntries(scenario.mms.map((mm) => [mm.name, mm.member ? {} : { member: false }])),
    initial,
    threads: scenario.threads.map(({ mm, run, after, slot, entry, to }) => ({
      mm,
      run,
      ...(after !== null && { after }),
      slot,
      ...(entry !== null && { entry }),
      ...(to !== null && { to }),
    })),
    config: scenario.config,
  };
}
