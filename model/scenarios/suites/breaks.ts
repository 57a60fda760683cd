import type { Scenario } from '../scenario.ts';
import { declare } from './declare.ts';

/** The break alone, without the fault round it: small searches that show what the function itself promises. */
export const breaks: readonly Scenario[] = [
  declare('one break in each of A and B', 'the function alone, in two sharers', 'AB', [
    ['A', 'break-only'],
    ['B', 'break-only'],
  ]),
  declare('two breaks in A beside an idle B', 'the function alone, twice on one slot', 'AB', [
    ['A', 'break-only'],
    ['A', 'break-only'],
  ]),
];
