import { mayFail, spendFailure } from '../../../model/kernel/allocator.ts';
import { LIFE } from '../../../model/kernel/kernel.ts';
import { freePublished } from '../../../model/kernel/pte-lock.ts';
import { allocateTable, freeUnpublished, notFreed } from '../../../model/kernel/table.ts';
import { set } from '../../../model/language/effect.ts';
import { differ, equal, literal, minus, plus } from '../../../model/language/expression.ts';
import { wire } from '../../../model/language/machine.ts';
import { boolean } from '../../../model/language/variable.ts';
import { PUTS, putTable } from '../../../model/threads/break/put.ts';
import { pteAlloc } from '../../../model/threads/fault/pte-alloc.ts';
import { GIVES_BACK } from '../../../model/threads/fork/recover.ts';
import { TAKES_REFERENCE } from '../../../model/threads/fork/share-table.ts';
import { ZAP_PUTS } from '../../../model/threads/zap/give-up.ts';
import { mmOf } from '../task.ts';
import type { Value } from '../values/value.ts';
import { argument } from './pure.ts';
import { promiseToSleep } from './sleep.ts';
import { emptyEnds } from './slots.ts';
import { type Context, type Performed, step, way } from './step.ts';

/** cow_pte_count(), its second access. */
export const readCount = (args: readonly Value[], c: Context): Performed => {
  const { k } = c;
  const { table, known } = argument(args, 0, 'table', 'a page table', c);
  const result: Value = { k: 'int', e: k.count.at(table), type: k.count.type, from: 'read count' };
  const promises = [notFreed(k, table, 'count read')];
  return step('read count', [], ...emptyEnds(table, known, c), way({ promises, result, shown: table }));
};

/** pmd_put_pte(), its second access: atomic. True if it took one away. */
export const putUnlessLast = (args: readonly Value[], c: Context): Performed => {
  const { k, path } = c;
  const { table, known } = argument(args, 0, 'table', 'a page table', c);
  const result: Value = { k: 'int', e: differ(k.count.at(table), 1), type: boolean, from: 'put unless last' };
  return step(
    'put the table: count -1 unless 1',
    [{ break: PUTS, fork: GIVES_BACK, zap: ZAP_PUTS }[c.task.k]],
    ...emptyEnds(table, known, c),
    way({ effects: putTable(path, table), result, shown: table }),
  );
};

/** pmd_get_pte(), its second access: atomic. The new count. */
export const get = (args: readonly Value[], c: Context): Performed => {
  const { k } = c;
  const { table, known } = argument(args, 0, 'table', 'a page table', c);
  const count = k.count.at(table);
  const result: Value = { k: 'int', e: plus(count, 1), type: k.count.type, from: 'get' };
  return step(
    'count +1',
    c.task.k === 'fork' ? [TAKES_REFERENCE] : [],
    ...emptyEnds(table, known, c),
    way({
      promises: [notFreed(k, table, 'count update')],
      effects: [set(count, plus(count, 1))],
      result,
      shown: table,
    }),
  );
};

/** Each path has room for the tables that it may need, as far as the model knows it. */
function demandPool(c: Context): void {
  if (c.path.poolSize > 0) return;
  c.fail(
    'value',
    'a table is allocated on a path on which the model expects none',
    'the hand-written model does not break there: leave that path out of the scenario, or the break out of the text',
  );
}

/** pte_alloc_one(): may sleep, may fail. */
export const allocate = (_: readonly Value[], c: Context): Performed => {
  const { k, path } = c;
  demandPool(c);
  const into = c.local('table', k.tableOrNone);
  return step(
    'allocate a table',
    ['table allocated'],
    way({
      promises: [promiseToSleep(c)],
      effects: allocateTable(k, path.pool, path.poolSize, into),
      result: { k: 'table', table: into, known: true },
    }),
    way({ event: 'FAIL', guard: mayFail(k), effects: [spendFailure(k)], result: { k: 'null' } }),
  );
};

/** pte_free(): immediate. A table that others have seen is gone for good. */
export const free = (args: readonly Value[], c: Context): Performed => {
  const { k } = c;
  if (args[0]?.k === 'null') return c.fail('value', 'pte_free() of NULL', 'test the pointer before');
  const { table, known } = argument(args, 0, 'table', 'a page table', c);
  return step(
    'free the table',
    [],
    ...emptyEnds(table, known, c),
    way({
      guard: equal(k.life.at(table), LIFE.fresh),
      effects: freeUnpublished(k, table),
      kinds: ['table freed unpublished'],
    }),
    way({ effects: freePublished(k, table), kinds: ['table freed'] }),
  );
};

/** pte_alloc(): if the slot is empty, a table is allocated and installed under the pmd lock. The value: whether that failed. */
export const allocateAndInstall = (args: readonly Value[], c: Context): Performed => {
  const slot = argument(args, 0, 'slot', 'a pmd_t * into the page tables', c);
  demandPool(c);
  const path = { ...c.path, mm: mmOf(slot, c.path), slot: slot.slot };
  const at = { name: c.function, line: c.line, source: c.source };
  const piece = pteAlloc(path, c.local('allocated', c.k.tableOrNone), at);
  const flag = (value: boolean): Value => ({ k: 'int', e: literal(value), type: boolean, from: null });
  return {
    k: 'piece',
    piece: wire(piece, { next: 'next', failed: 'failed' }),
    results: { next: flag(false), failed: flag(true) },
  };
};

export const changePtes =
  (by: 1 | -1) =>
  (args: readonly Value[], c: Context): Performed => {
    const ptes = c.k.nrPtes.at(mmOf(argument(args, 0, 'thing', 'a struct mm_struct *', c), c.path));
    return step(
      `nr_ptes ${by > 0 ? '+1' : '-1'}`,
      [],
      way({ effects: [set(ptes, by > 0 ? plus(ptes, 1) : minus(ptes, 1))] }),
    );
  };
