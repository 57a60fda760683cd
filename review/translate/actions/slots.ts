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
import { storeSlot } from '../../../model/kernel/slot.ts';
import { publish } from '../../../model/kernel/table.ts';
import { acquire, assert, type Effect, release, set } from '../../../model/language/effect.ts';
import { both, differ, type Expression, equal, literal, NONE } from '../../../model/language/expression.ts';
import { judgedUnderLock } from '../../../model/threads/break/returns.ts';
import { STORES_SLOT, storeSlotInBreak } from '../../../model/threads/break/slot-store.ts';
import { SHARES } from '../../../model/threads/fork/share-table.ts';
import { PROTECTS } from '../../../model/threads/fork/write-protect.ts';
import { ZAP_REUSES } from '../../../model/threads/zap/count-test.ts';
import { discard } from '../../../model/threads/zap/discard.ts';
import { mmOf } from '../task.ts';
import { sameMm, type Value } from '../values/value.ts';
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
export const readSlot = (pointer: Slot, c: Context): Performed => {
  const { k } = c;
  const [mm, slot] = [mmOf(pointer, c.path), pointer.slot];
  const result: Value = {
    k: 'pmd',
    table: k.slotTable.at(mm, slot),
    writable: k.slotWritable.at(mm, slot),
    kind: k.slotKind.at(mm, slot),
  };
  return step(named(c, 'read slot'), [], way({ result }));
};

/** One plain store of the whole value. A table that nobody has seen becomes visible with it. */
export const storeToSlot = (pointer: Slot, value: Value & { readonly k: 'pmd' }, c: Context): Performed => {
  if (c.task.k !== 'break') return storeBesideBreak(pointer, value, c);
  const { k } = c;
  const { slot } = pointer;
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

/**
 * Fork and zap store to slots under no lock that a property asks for. Fork shares the table, or takes that back; zap takes the
 * table for itself, or gives the slot up with all that it was asked to discard.
 */
function storeBesideBreak(pointer: Slot, value: Value & { readonly k: 'pmd' }, c: Context): Performed {
  const { k } = c;
  const [mm, { slot }] = [mmOf(pointer, c.path), pointer];
  const whose = pointer.mm === undefined ? 'slot' : "the child's slot";
  const store: readonly Effect[] = storeSlot(k, mm, slot, value.table, value.writable);
  const asked = c.task.k === 'zap' ? c.task.request : null;
  const { writable } = value;
  const kind = c.task.k === 'fork' ? SHARES : ZAP_REUSES;
  const kinds = c.task.k === 'fork' || (writable.k === 'literal' && writable.value === 1) ? [kind] : [];
  if (value.table.k === 'literal') {
    const effects = [...store, ...(asked ? discard(c.path, asked.slot, asked.entries) : [])];
    return step(named(c, `store ${whose}: empty`), [], way({ effects }));
  }
  const isFresh = both(differ(value.table, NONE), equal(k.life.at(value.table), LIFE.fresh));
  return step(
    named(c, `store ${whose}`),
    kinds,
    way({ guard: isFresh, effects: [...store, publish(k, value.table)] }),
    way({ effects: store }),
  );
}

export const clearWritable = (args: readonly Value[], c: Context): Performed => {
  const pointer = argument(args, 0, 'slot', 'a pmd_t * into the page tables', c);
  return step(
    'clear W of the slot, atomically',
    c.task.k === 'fork' ? [PROTECTS] : [],
    way({ effects: [set(c.k.slotWritable.at(mmOf(pointer, c.path), pointer.slot), 0)] }),
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
  const slot = argument(args, 0, 'slot', 'a pmd_t *', c);
  const table = c.k.slotTable.at(mmOf(slot, c.path), slot.slot);
  const result: Value = { k: 'table', table, known: true };
  return step(named(c, 'read slot'), [], ...emptyEnds(table, false, c), way({ result }));
};

/** pmd_page() of a value: there must be a table in it. */
export const demandTable = (args: readonly Value[], c: Context): Performed => {
  const { table } = argument(args, 0, 'table', 'a page table', c);
  return { k: 'ends', when: equal(table, NONE), effects: [derefEmptySlot(c.by)], shown: table };
};

/** pte_offset_map(): the address of the entries, from one read of the slot that nobody checks. */
export const entriesOfSlot = (args: readonly Value[], c: Context, copies: LocalCopies): Performed => {
  const [pointer] = args;
  const { page } = argument(args, 1, 'address', 'an address', c);
  if (pointer?.k === 'ref') {
    const { table } = argument([copies.read(pointer)], 0, 'pmd', 'a pmd_t', c);
    return valued({ k: 'entry', table, index: page, known: false });
  }
  const slot = argument(args, 0, 'slot', 'a pmd_t *', c);
  const table = c.k.slotTable.at(mmOf(slot, c.path), slot.slot);
  const result: Value = { k: 'entry', table, index: page, known: false, ...sameMm(slot.mm) };
  return step('read slot -> pte', [], way({ result }));
};

/** pte_lockptr(): with split locks one read of the slot, since the lock lives in the table's page; else the mm's one lock. */
export const lockOfSlot = (args: readonly Value[], c: Context, copies: LocalCopies): Performed => {
  const [pointer] = args;
  const mm = pointer?.k === 'slot' ? sameMm(pointer.mm) : {};
  if (!lockIsInTable(c.k))
    return valued({ k: 'lock', of: 'entries', table: literal(NONE), known: true, ...mm });
  if (pointer?.k === 'ref') {
    const { table } = argument([copies.read(pointer)], 0, 'pmd', 'a pmd_t', c);
    return valued({ k: 'lock', of: 'entries', table, known: false });
  }
  const slot = argument(args, 0, 'slot', 'a pmd_t *', c);
  const table = c.k.slotTable.at(mmOf(slot, c.path), slot.slot);
  const result: Value = { k: 'lock', of: 'entries', table, known: true, ...mm };
  return step('read slot -> ptl', [], ...emptyEnds(table, false, c, 'pte_lockptr'), way({ result }));
};

export const takeLock = (args: readonly Value[], c: Context): Performed => {
  const { k, path, standing } = c;
  const lock = argument(args, 0, 'lock', 'a spinlock_t *', c);
  const mm = mmOf(lock, path);
  const now = { held: standing.held + 1, inherited: null };
  if (lock.of === 'slot') {
    const word = pmdLockOf(k, mm);
    return step(
      'pmd_lock()',
      [],
      way({ guard: isFree(word), effects: [acquire(word, path.me)], standing: now }),
    );
  }
  const taken = way({
    guard: isFree(lockOf(k, mm, lock.table)),
    effects: takePteLock(k, mm, lock.table, path.me),
    standing: now,
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
  const mm = mmOf(lock, path);
  const word = lock.of === 'slot' ? pmdLockOf(k, mm) : lockOf(k, mm, lock.table);
  const dropped = lock.of === 'slot' ? [release(word, NONE)] : dropPteLock(k, mm, lock.table);
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
      standing: {
        held,
        stored: standing.stored && held > 0,
        judged: standing.judged || judged.length > 0,
        inherited: null,
      },
    }),
  );
};
