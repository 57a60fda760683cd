import { type Effect, set } from '../language/effect.ts';
import { type Expression, greater, minus } from '../language/expression.ts';
import type { Kernel } from './kernel.ts';

/** The event by which the environment lets an allocation fail. */
export const FAIL = 'FAIL';

/** An allocation may still fail. */
export const mayFail = (k: Kernel): Expression => greater(k.failuresLeft.at(), 0);
export const spendFailure = (k: Kernel): Effect => set(k.failuresLeft.at(), minus(k.failuresLeft.at(), 1));
