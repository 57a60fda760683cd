import { breakFault } from './break-fault.ts';
import { breakHelpers } from './break-helpers.ts';
import type { Claim } from './claim.ts';
import { hooks } from './hooks.ts';

export type { Claim, Irrelevant, Searches } from './claim.ts';
export { irrelevant } from './irrelevant.ts';

/** All claims that the comments of version 5 make. */
export const claims: readonly Claim[] = [...breakFault, ...breakHelpers, ...hooks];
