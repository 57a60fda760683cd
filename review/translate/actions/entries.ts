import { useEmptyAddress } from '../../../model/kernel/empty-slot.ts';
import { storeEntry, writtenBy } from '../../../model/kernel/entry.ts';
import { ENTRY_KIND, LIFE } from '../../../model/kernel/kernel.ts';
import { softwareStore } from '../../../model/kernel/pte-lock.ts';
import { notFreed } from '../../../model/kernel/table.ts';
import { assert, type Effect, when } from '../../../model/language/effect.ts';
import { differ, type Expression, equal, literal, NONE } from '../../../model/language/expression.ts';
import { forkStore, inheritEntry } from '../../../model/threads/fork/copy-entry.ts';
import { discard } from '../../../model/threads/zap/discard.ts';
import { mmOf } from '../task.ts';
import { firstPage, lastPage } from '../values/address.ts';
import type { Value } from '../values/value.ts';
import { argument } from './pure.ts';
import { type Context, type Outcome, type Performed, step, valued, way } from './step.ts';

type Entry = Value & { readonly k: 'entry' };

const COPIES = 'break copies an entry';

/** An address of entries that came from an empty slot: who uses it ends there. */
const emptyEnds = ({ table, known }: Entry): Outcome[] =>
  known ? [] : [way({ guard: equal(table, NONE), stops: true, effects: [useEmptyAddress()] })];

/** Before entry 0 and behind the last there are holes only. */
const isHole = ({ index }: Entry, c: Context): boolean => index === firstPage || index === lastPage(c.k);

/** The entry that a pointer names, which must be one that the model has. */
export const demandIndex = ({ index }: Entry, c: Context): number => {
  if (index === null || index < 0 || index >= c.k.shape.entries) {
    const what =
      index === null ? 'an entry whose place in the table is not known' : 'an entry outside of its table';
    return c.fail(
      'value',
      what,
      'mask the address with PMD_MASK first, and end the loop at the end of the slot',
    );
  }
  return index;
};

/** `*pte`: one read of the entry. */
export const readEntry = (pointer: Entry, c: Context): Performed => {
  const { k } = c;
  const { table } = pointer;
  // Nothing can be told of a hole that the next read of an entry does not tell.
  if (isHole(pointer, c)) return valued(hole);
  const index = demandIndex(pointer, c);
  const promises = [notFreed(k, table, 'entry read')];
  if (c.copiesFrom) {
    promises.push(
      assert(
        'no-lost-entry',
        equal(table, c.copiesFrom),
        'the copy reading the table of cowed_entry, {0}',
        'it reads {1}',
        [c.copiesFrom, table],
      ),
    );
  }
  const result: Value = {
    k: 'pte',
    page: k.entryPage.at(table, index),
    writable: k.entryWritable.at(table, index),
    kind: k.entryKind.at(table, index),
  };
  const inherited = inherits(pointer, index, c);
  return step(
    `read entry ${index}`,
    [],
    ...emptyEnds(pointer),
    way({ promises, result, shown: table, ...inherited }),
  );
};

/** In fork the first look at an entry of the parent settles what the child must see behind it. */
function inherits({ table, mm }: Entry, index: number, c: Context): Partial<Outcome> {
  if (c.task.k !== 'fork' || c.standing.inherited === index || mm !== undefined) return {};
  const { always, ofPage } = inheritEntry(c.task.path, table, index);
  const isPage = differ(c.k.entryPage.at(table, index), NONE);
  return { effects: [...always, ...when(isPage, ofPage)], standing: { inherited: index } };
}

const hole: Value & { readonly k: 'pte' } = {
  k: 'pte',
  page: literal(NONE),
  writable: literal(0),
  kind: literal(ENTRY_KIND.present),
};
const isStaticallyNone = ({ page }: Value & { readonly k: 'pte' }): boolean =>
  page.k === 'literal' && page.value === NONE;

/** set_pte_at(), pte_clear(): one store of the whole entry. In a table that others can see it is a software store. */
export const storeToEntry = (pointer: Entry, value: Value & { readonly k: 'pte' }, c: Context): Performed => {
  const { k } = c;
  const { table } = pointer;
  if (isHole(pointer, c) && isStaticallyNone(value)) return valued(value);
  const index = demandIndex(pointer, c);
  const store = [
    ...storeEntry(k, table, index, value.page, value.writable, value.kind),
    ...zapped(index, table, value, c),
  ];
  const copies = c.by === 'pte_clear' || c.task.k === 'zap' ? [] : [COPIES];
  return step(
    isStaticallyNone(value) ? `clear entry ${index}` : `store entry ${index}`,
    [],
    ...emptyEnds(pointer),
    way({ guard: equal(k.life.at(table), LIFE.fresh), effects: store, kinds: copies, shown: table }),
    way({
      promises: promisesOfStore(pointer, c),
      effects: store,
      kinds: [...copies, 'software store'],
      shown: table,
    }),
  );
};

/** ptep_get_and_clear_full() and the like: one access, which yields what was there. */
export const takeEntry = (args: readonly Value[], c: Context): Performed => {
  const { k } = c;
  const pointer = argument(args, 0, 'entry', 'a pte_t *', c);
  if (isHole(pointer, c)) return valued(hole);
  const { table } = pointer;
  const index = demandIndex(pointer, c);
  const result: Value = {
    k: 'pte',
    page: k.entryPage.at(table, index),
    writable: k.entryWritable.at(table, index),
    kind: k.entryKind.at(table, index),
  };
  return step(
    `clear entry ${index}`,
    ['software store'],
    ...emptyEnds(pointer),
    way({
      promises: promisesOfStore(pointer, c),
      effects: [...storeEntry(k, table, index, NONE, 0), ...zapped(index, table, hole, c)],
      result,
      shown: table,
    }),
  );
};

/** An entry that zap clears was written by nobody, and if it was asked for, the mm need not find anything behind it any more. */
function zapped(
  index: number,
  table: Expression,
  value: Value & { readonly k: 'pte' },
  c: Context,
): readonly Effect[] {
  if (c.task.k !== 'zap' || !isStaticallyNone(value)) return [];
  const { request } = c.task;
  const asked = request?.entries.includes(index) ? discard(c.path, request.slot, [index]) : [];
  return [...writtenBy(c.k, NONE, table, index), ...asked];
}

/** Fork may store again in the table that parent and child share; any other store is one for the mm's own table. */
function promisesOfStore(pointer: Entry, c: Context): readonly Effect[] {
  const { k, path } = c;
  if (c.task.k === 'fork' && pointer.mm === undefined) return forkStore(c.task.path, pointer.table);
  const wentOn = c.task.k === 'zap' && c.task.l.broken !== null ? c.task.l.wentOn : 0;
  return softwareStore(k, mmOf(pointer, path), path.slot, pointer.table, path.me, wentOn);
}
