import { assert, type Effect, set } from '../language/effect.ts';
import {
  both,
  differ,
  type Expression,
  equal,
  ifElse,
  minus,
  NONE,
  type Operand,
  plus,
} from '../language/expression.ts';
import { storeEntry, writtenBy } from './entry.ts';
import { each, type Kernel, LIFE } from './kernel.ts';
import { slotsOn } from './slot.ts';

/** The promise that software touches no freed table; `what` names the kind of access. */
export const notFreed = (k: Kernel, table: Operand, what: string): Effect =>
  assert(
    'no-use-after-free',
    differ(k.life.at(table), LIFE.freed),
    `${what} of a table that is not freed`,
    `{0} is freed`,
    [table],
  );

/** The number of the first free table of a pool, or one past all tables if the pool is empty (a model error). */
function firstFree(k: Kernel, pool: Operand, size: number): Expression {
  let free: Expression = plus(k.shape.tables, 0);
  for (let i = size - 1; i >= 0; i--) {
    const table = plus(pool, i);
    free = ifElse(equal(k.life.at(table), LIFE.unallocated), table, free);
  }
  return free;
}

/**
 * pte_alloc_one(): a zeroed table with count 1 that nobody else knows. Each thread allocates from a pool of its own; the
 * number of a table means nothing, so this loses no behaviour and spares all renamings.
 */
export const allocateTable = (
  k: Kernel,
  pool: Operand,
  size: number,
  into: Extract<Expression, { k: 'local' }>,
): Effect[] => [
  set(into, firstFree(k, pool, size)),
  set(k.life.at(into), LIFE.fresh),
  set(k.count.at(into), 1),
];

/** A table becomes visible with the store of the slot that points to it. */
export const publish = (k: Kernel, table: Operand): Effect => set(k.life.at(table), LIFE.published);

/** pte_free() of a table that nobody saw: it may be handed out again, so its words are put back as they were. */
export const freeUnpublished = (k: Kernel, table: Operand): Effect[] => [
  freedRightly(k, table),
  ...each(k.entry, (e) => [...storeEntry(k, table, e, NONE, 0), ...writtenBy(k, NONE, table, e)]).flat(),
  set(k.count.at(table), 0),
  set(k.life.at(table), LIFE.unallocated),
];

/** The promise that a table is freed only with count 1 and no slot on it. */
export const freedRightly = (k: Kernel, table: Operand): Effect =>
  assert(
    'refcount-matches',
    both(equal(netCount(k, table), 1), equal(slotsOn(k, table), 0)),
    'count 1 and no slot on a table that is freed',
    '{0} has count {1} and {2} slots on it',
    [table, netCount(k, table), slotsOn(k, table)],
  );

/** The count without the references that strangers hold for a moment; they are not in it where sharers are counted apart. */
export const netCount = (k: Kernel, table: Operand): Expression =>
  k.shape.speculation && !k.shape.shareCount
    ? minus(k.count.at(table), k.speculative.at(table))
    : k.count.at(table);
