import type { Scenario } from '../scenario.ts';
import { breaks } from './breaks.ts';
import { configurations } from './configurations.ts';
import { deep } from './deep.ts';
import { exits } from './exits.ts';
import { faults } from './faults.ts';
import { forks } from './forks.ts';
import { hardware } from './hardware.ts';
import type { SuiteName } from './names.ts';
import { otherFaults } from './other-faults.ts';
import { reverseMap } from './reverse-map.ts';
import { vmas } from './vmas.ts';
import { zaps } from './zaps.ts';

/** The scenarios that come with the program. */
export const suites = {
  default: [
    ...faults,
    ...exits,
    ...breaks,
    ...configurations,
    ...otherFaults,
    ...zaps,
    ...forks,
    ...hardware,
    ...reverseMap,
    ...vmas,
  ],
  deep,
} as const satisfies Record<SuiteName, readonly Scenario[]>;
