import type { Scenario } from '../scenario.ts';
import { breaks } from './breaks.ts';
import { configurations } from './configurations.ts';
import { deep } from './deep.ts';
import { exits } from './exits.ts';
import { faults } from './faults.ts';

/** The scenarios that come with the program. `default` is for every run, `deep` for a machine with time. */
export const suites = {
  default: [...faults, ...exits, ...breaks, ...configurations],
  deep,
} as const satisfies Record<string, readonly Scenario[]>;
