import type { Scenario } from '../scenario.ts';
import { declare, type Runs } from './declare.ts';

const twoFaults: readonly Runs[] = [
  ['A', 'write-fault'],
  ['B', 'write-fault'],
];
const base = 'one write-fault in each of A and B';

/** Two write faults in kernels that are configured otherwise. */
export const configurations: readonly Scenario[] = [
  declare(
    `${base}, without CONFIG_DEBUG_VM`,
    'the put stands inside a VM_WARN_ON, which then evaluates nothing',
    'AB',
    twoFaults,
    { debugVm: false },
  ),
  declare(
    `${base}, without split PTE locks`,
    'each mm has a lock of its own, so two sharers of a table share no lock',
    'AB',
    twoFaults,
    { splitPtlocks: false },
  ),
  declare(`${base}, two entries`, 'the copy takes more than one step', 'AB', twoFaults, { entries: 2 }),
];
