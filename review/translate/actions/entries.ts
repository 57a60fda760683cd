import { useEmptyAddress } from '../../../model/kernel/empty-slot.ts';
import { storeEntry } from '../../../model/kernel/entry.ts';
import { LIFE } from '../../../model/kernel/kernel.ts';
import { softwareStore } from '../../../model/kernel/pte-lock.ts';
import { notFreed } from '../../../model/kernel/table.ts';
import { assert } from '../../../model/language/effect.ts';
import { equal, NONE } from '../../../model/language/expression.ts';
import type { Value } from '../values/value.ts';
import { type Context, type Outcome, type Performed, step, way } from './step.ts';

type Entry = Value & { readonly k: 'entry' };

const COPIES = 'break copies an entry';

/** An address of entries that came from an empty slot: who uses it ends there. */
const emptyEnds = ({ table, known }: Entry): Outcome[] =>
  known ? [] : [way({ guard: equal(table, NONE), stops: true, effects: [useEmptyAddress()] })];

const indexOf = ({ index }: Entry, c: Context): number => {
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
  const index = indexOf(pointer, c);
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
  return step(`read entry ${index}`, [], ...emptyEnds(pointer), way({ promises, result, shown: table }));
};

/** set_pte_at(), pte_clear(): one store of the whole entry. In a table that others can see it is a software store. */
export const storeToEntry = (pointer: Entry, value: Value & { readonly k: 'pte' }, c: Context): Performed => {
  const { k, path } = c;
  const { table } = pointer;
  const index = indexOf(pointer, c);
  const store = storeEntry(k, table, index, value.page, value.writable, value.kind);
  const copies = c.by === 'pte_clear' ? [] : [COPIES];
  return step(
    c.by === 'pte_clear' ? `clear entry ${index}` : `store entry ${index}`,
    [],
    ...emptyEnds(pointer),
    way({ guard: equal(k.life.at(table), LIFE.fresh), effects: store, kinds: copies, shown: table }),
    way({
      promises: softwareStore(k, path.mm, path.slot, table, path.me),
      effects: store,
      kinds: [...copies, 'software store'],
      shown: table,
    }),
  );
};
