import { derefEmptySlot } from '../../../model/kernel/empty-slot.ts';
import { LIFE } from '../../../model/kernel/kernel.ts';
import {
  dropPteLock,
  isFree,
  lockIsInTable,
  lockOf,
  pmdLockOf,
  takePteLock,
} from '../../../model/kernel/pte-lock.ts';
import { publish } from '../../../model/kernel/table.ts';
import { acquire, assert, release, set } from '../../../model/language/effect.ts';
import { both, differ, type Expression, equal, literal, NONE } from '../../../model/language/expression.ts';
import { judgedUnderLock } from '../../../model/threads/break/returns.ts';
import { STORES_SLOT, storeSlotInBreak } from '../../../model/threads/break/slot-store.ts';
import type { Value } from '../values/value.ts';
import { argument } from './pure.ts';
import { type Context, type Outcome, type Performed, step, valued, way } from './step.ts';

type Slot = Value & { readonly k: 'slot' };
type Ref = Value & { readonly k: 'ref' };

/** A pointer to a slot: into the page tables, or to a local copy of its value. */
export interface LocalCopies {
  readonly read: (ref: Ref) => Value;
}

const named = (c: Context, says: string): string => (c.by === '' ? says : `${c.by}(): ${says}`);

/** `*pmd`: one plain read of the slot. */
export const readSlot = ({ slot }: Slot, c: Context): Performed => {
  const { k, path } = c;
  const result: Value = {
    k: 'pmd',
    table: k.slotTable.at(path.mm, slot),
    writable: k.slotWritable.at(path.mm, slot),
    kind: k.slotKind.at(path.mm, slot),
  };
  return step(named(c, 'read slot'), [], way({ result }));
};

/** One plain store of the whole value. A table that nobody has seen becomes visible with it. */
export const storeToSlot = ({ slot }: Slot, value: Value & { readonly k: 'pmd' }, c: Context): Performed => {
  const { k } = c;
  const path = { ...c.path, slot };
  const standing = { stored: true };
  const store = (kinds: readonly string[], more: Partial<Outcome> = {}): Outcome =>
    way({
      ...more,
      effects: [...storeSlotInBreak(path, value.table, value.writable), ...(more.effects ?? [])],
      kinds,
      standing,
    });
  if (value.table.k === 'literal') {
    return step(named(c, 'store slot: empty'), [STORES_SLOT, 'break empties the slot'], store([]));
  }
  const isFresh = both(differ(value.table, NONE), equal(k.life.at(value.table), LIFE.fresh));
  const takesBack = value.writable.k === 'literal' && value.writable.value === 1;
  return step(
    named(c, 'store slot'),
    [STORES_SLOT],
    store(['break installs the new table'], { guard: isFresh, effects: [publish(k, value.table)] }),
    store(takesBack ? ['break reuses the table'] : []),
  );
};

export const clearWritable = ([pointer]: readonly Value[], c: Context): Performed => {
  const { slot } = argument([pointer as Value], 0, 'slot', 'a pmd_t * into the page tables', c);
  return step(
    'clear W of the slot, atomically',
    [],
    way({ effects: [set(c.k.slotWritable.at(c.path.mm, slot), 0)] }),
  );
};

/** The way on which the value of a slot that is followed turns out to be empty; none where that was seen before. */
export const emptyEnds = (table: Expression, known: boolean, c: Context, by = c.by): Outcome[] =>
  known ? [] : [way({ guard: equal(table, NONE), stops: true, effects: [derefEmptySlot(by)] })];

/** pmd_page() of what the pointer points to: a read of the slot, which must not be empty, or a local copy. */
export const tableOfSlot = (args: readonly Value[], c: Context, copies: LocalCopies): Performed => {
  const [pointer] = args;
  if (pointer?.k === 'ref') {
    const { table } = argument([copies.read(pointer)], 0, 'pmd', 'a pmd_t', c);
    return valued({ k: 'table', table, known: false });
  }
  const { slot } = argument(args, 0, 'slot', 'a pmd_t *', c);
  const table = c.k.slotTable.at(c.path.mm, slot);
  const result: Value = { k: 'table', table, known: true };
  return step(named(c, 'read slot'), [], ...emptyEnds(table, false, c), way({ result }));
};

/** pte_offset_map(): the address of the entries, from one read of the slot that nobody checks. */
export const entriesOfSlot = (args: readonly Value[], c: Context, copies: LocalCopies): Performed => {
  const [pointer] = args;
  const { page } = argument(args, 1, 'address', 'an address', c);
  if (pointer?.k === 'ref') {
    const { table } = argument([copies.read(pointer)], 0, 'pmd', 'a pmd_t', c);
    return valued({ k: 'entry', table, index: page, known: false });
  }
  const { slot } = argument(args, 0, 'slot', 'a pmd_t *', c);
  const table = c.k.slotTable.at(c.path.mm, slot);
  return step('read slot -> pte', [], way({ result: { k: 'entry', table, index: page, known: false } }));
};

/** pte_lockptr(): with split locks one read of the slot, since the lock lives in the table's page; else the mm's one lock. */
export const lockOfSlot = (args: readonly Value[], c: Context, copies: LocalCopies): Performed => {
  const [pointer] = args;
  if (!lockIsInTable(c.k)) return valued({ k: 'lock', of: 'entries', table: literal(NONE), known: true });
  if (pointer?.k === 'ref') {
    const { table } = argument([copies.read(pointer)], 0, 'pmd', 'a pmd_t', c);
    return valued({ k: 'lock', of: 'entries', table, known: false });
  }
  const { slot } = argument(args, 0, 'slot', 'a pmd_t *', c);
  const table = c.k.slotTable.at(c.path.mm, slot);
  const result: Value = { k: 'lock', of: 'entries', table, known: true };
  return step('read slot -> ptl', [], ...emptyEnds(table, false, c, 'pte_lockptr'), way({ result }));
};

export const takeLock = (args: readonly Value[], c: Context): Performed => {
  const { k, path, standing } = c;
  const lock = argument(args, 0, 'lock', 'a spinlock_t *', c);
  if (lock.of === 'slot') {
    const word = pmdLockOf(k, path.mm);
    return step(
      'pmd_lock()',
      [],
      way({ guard: isFree(word), effects: [acquire(word, path.me)], standing: { held: standing.held + 1 } }),
    );
  }
  const taken = way({
    guard: isFree(lockOf(k, path.mm, lock.table)),
    effects: takePteLock(k, path.mm, lock.table, path.me),
    standing: { held: standing.held + 1 },
    shown: lock.table,
  });
  const ends = emptyEnds(lock.table, lock.known, c, 'pte_lockptr');
  return step('spin_lock(ptl)', ['pte lock taken'], ...ends, taken);
};

/** The last unlock behind a store to the slot is where a caller without mmap_lock has its break judged. */
export const dropLock = (args: readonly Value[], c: Context): Performed => {
  const { k, path, standing } = c;
  const lock = argument(args, 0, 'lock', 'a spinlock_t *', c);
  if (standing.held === 0) c.warn('lock-not-held', 'a lock is released that is not held here');
  const held = Math.max(0, standing.held - 1);
  const judged = held === 0 && standing.stored ? judgedUnderLock(path) : [];
  const word = lock.of === 'slot' ? pmdLockOf(k, path.mm) : lockOf(k, path.mm, lock.table);
  const dropped = lock.of === 'slot' ? [release(word, NONE)] : dropPteLock(k, path.mm, lock.table);
  const own = assert(
    'no-deadlock',
    equal(word, path.me),
    'a lock released by the thread that holds it',
    'it is held by {0}',
    [word],
  );
  return step(
    lock.of === 'slot' ? 'spin_unlock() of the pmd lock' : 'spin_unlock(ptl)',
    [],
    way({
      promises: [own],
      effects: [...judged, ...dropped],
      standing: { held, stored: standing.stored && held > 0, judged: standing.judged || judged.length > 0 },
    }),
  );
};
