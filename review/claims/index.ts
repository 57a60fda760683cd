import { breakFault } from './break-fault.ts';
import { callers, irrelevant } from './callers.ts';
import type { Claim } from './claim.ts';

export type { Answer, Claim, Irrelevant, Rule, Searches, Subject } from './claim.ts';
export { irrelevant };

/** All claims of the seed, by the order of their functions. */
export const claims: readonly Claim[] = [...callers.slice(0, 1), ...breakFault, ...callers.slice(1)];
