import { acquire, type Effect, release } from '../language/effect.ts';
import { atLeast, type Expression, equal, minus, plus, type SharedRead } from '../language/expression.ts';

/**
 * A counting rwsem: n readers, or -1 for a writer. The queue of the real one (a waiting writer holds up new readers) is left
 * out: it only removes interleavings, and no path takes one of them twice.
 */
export const hasNoWriter = (lock: SharedRead): Expression => atLeast(lock, 0);
export const isUnheld = (lock: SharedRead): Expression => equal(lock, 0);

export const takeRead = (lock: SharedRead): Effect => acquire(lock, plus(lock, 1));
export const dropRead = (lock: SharedRead): Effect => release(lock, minus(lock, 1));
export const takeWrite = (lock: SharedRead): Effect => acquire(lock, -1);
export const dropWrite = (lock: SharedRead): Effect => release(lock, 0);
/** downgrade_write(): the writer becomes a reader in one step. */
export const downgrade = (lock: SharedRead): Effect => release(lock, 1);
