import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored, neverTaken } from './explored.ts';

const seqcount = ['seqcount-one-writer', 'seqcount-odd-inside', 'seqcount-even-outside', 'seqcount-settles'];
const alone: Case = { threads: ['A:fork', '+C'], initial: 'private' };
const shared: Case = { threads: ['A:fork', 'B', '+C'] };

/** The same with W cleared first. */
const first = (given: Case): Case => ({
  ...given,
  threads: given.threads.map((t) => t.replace(':fork', ':fork-wrprotect-first')),
});

describe('a fork as posted', () => {
  // From the increment of F1 to the two stores of F3 the table has two users and W=1.
  test('alone it leaves the shared table writable for a while', () => {
    expect(explored(alone)).toEqual({ states: 42, violated: ['shared-is-read-only'] });
  });

  // The parent's slot has W=0 from before, the child's has not.
  test('of a table that is shared already, too', () => {
    expect(explored(shared)).toEqual({ states: 42, violated: ['shared-is-read-only'] });
  });

  test('without split locks two reads of the slot are saved', () => {
    const given = { ...alone, config: { splitPtlocks: false } };
    expect(explored(given)).toEqual({ states: 40, violated: ['shared-is-read-only'] });
  });

  test('of an empty slot it only opens and closes its section', () => {
    expect(explored({ ...alone, initial: 'none' })).toEqual({ states: 18, violated: [] });
  });

  // mmap_lock orders the two: the second one shares a table that is shared already.
  test('twice: a count of three', () => {
    const given = { threads: ['A:fork', 'A:fork', '+C', '+D'], initial: 'private' };
    expect(explored(given)).toEqual({ states: 164, violated: ['shared-is-read-only'] });
  });

  // The table's lock orders its count against the breaks of other sharers, mmap_lock against those of the parent.
  test('beside breaks and exits of other sharers, and before those of the child, nothing else is wrong', () => {
    const others: Case[] = [
      { threads: ['A:fork', 'B:break-only', '+C'] },
      { threads: ['A:fork', 'B:write-fault', 'B:exit', '+C'] },
      { threads: ['A:fork', 'A:write-fault', '+C:write-fault'], initial: 'private' },
      { threads: ['A:fork', 'A:exit', '+C:exit'], initial: 'private' },
    ];
    for (const given of others) expect(explored(given).violated).toEqual(['shared-is-read-only']);
  });

  test('parent and child on two processors read what they should', () => {
    const given = { threads: ['A:fork', 'A:cpu', '+C:cpu', 'A:write-fault'], initial: 'private' };
    expect(explored(given).violated).toEqual(['shared-is-read-only']);
  });

  // It sees W=1 in the window: the break has nothing to do, and its caller changes an entry of a shared table.
  test('a reverse-map break of the child in the window', () => {
    expect(explored({ threads: ['A:fork', '+C:rmap-break'], initial: 'private' }).violated).toEqual([
      'shared-is-read-only',
      'shared-never-modified',
      'break-leaves-private',
    ]);
  });

  // Its table replaces the shared one between F1 and F3: the slot that F3 reads again is not the one that was shared. Neither
  // holds a lock that keeps the other's write section away.
  test('a reverse-map break of the parent', () => {
    expect(explored({ threads: ['A:fork', 'A:rmap-break', '+C'], initial: 'private' }).violated).toEqual([
      'refcount-matches',
      'no-table-leak',
      'shared-is-read-only',
      'shared-never-modified',
      'break-leaves-private',
      ...seqcount,
    ]);
  });

  // It takes W=1 for a table of the child's own and clears the entries of the parent.
  test('a truncation through the child in the window loses an entry of the parent', () => {
    const { violated } = explored({ threads: ['A:fork', '+C:truncate'], initial: 'private' });
    expect(violated).toEqual(['shared-is-read-only', 'shared-never-modified', 'no-lost-entry', 'accounting']);
  });

  // Two vmas on one table: the second one finds that the child has broken meanwhile, takes another reference for a slot that it
  // does not fill, and stores the parent's table over the child's own.
  test('a break of the child between two vmas of one slot', () => {
    const given = { threads: ['A:fork', 'A:split-vma', '+C:rmap-break'], initial: 'private' };
    expect(explored(given).violated).toEqual([
      'refcount-matches',
      'no-table-leak',
      'shared-is-read-only',
      'right-lock-for-entry',
      'no-foreign-write',
      'shared-never-modified',
      'break-leaves-private',
      'accounting',
    ]);
    expect(explored(first(given)).violated).toEqual(['refcount-matches', 'no-table-leak', 'accounting']);
  });

  // It stops where the slot is empty, with both mmap_locks; nobody can blame the child's task for waiting.
  test('a truncation of the parent empties the slot under it', () => {
    const given = { threads: ['A:fork', 'A:truncate', 'B', '+C:write-fault'] };
    expect(explored(given).violated).toEqual([
      'refcount-matches',
      'no-table-leak',
      'shared-is-read-only',
      'no-empty-slot-deref',
      'accounting',
    ]);
  });

  test('a fork that fails takes the child down again', () => {
    const config = { slots: 2, allocFailures: 1 };
    expect(explored({ ...alone, config })).toEqual({ states: 135, violated: ['shared-is-read-only'] });
    const tasks: Case = { threads: ['A:fork', '+C:write-fault', '+C:exit'], initial: 'private' };
    const given = { ...tasks, config: { allocFailures: 1 } };
    expect(explored(given)).toEqual({ states: 232, violated: ['shared-is-read-only'] });
  });
});

describe('a fork that clears W first', () => {
  test('alone and beside breaks of the child it is right', () => {
    expect(explored(first(alone))).toEqual({ states: 40, violated: [] });
    expect(explored(first(shared))).toEqual({ states: 40, violated: [] });
    const given: Case = { threads: ['A:fork', '+C:rmap-break'], initial: 'private' };
    expect(explored(first(given)).violated).toEqual([]);
    const truncation: Case = { threads: ['A:fork', '+C:truncate'], initial: 'private' };
    expect(explored(first(truncation)).violated).toEqual([]);
  });

  // The entries are done after the table was shared: their address is of the old table, their lock of the new one.
  test('a reverse-map break of the parent still comes between', () => {
    const given: Case = { threads: ['A:fork', 'A:rmap-break', '+C'], initial: 'private' };
    expect(explored(first(given)).violated).toEqual([
      'right-lock-for-entry',
      'shared-never-modified',
      ...seqcount,
    ]);
  });
});

describe('every branch is taken, and the engines agree on all edges', () => {
  const cases: readonly Case[] = [
    alone,
    { ...alone, config: { splitPtlocks: false } },
    ...['none', 'huge', 'swap', 'devmap'].map((initial) => ({ ...alone, initial })),
    { threads: ['A:fork', 'A:write-fault', '+C'], initial: 'private' },
    { threads: ['A:fork', 'A:truncate', 'B', '+C'] },
    { threads: ['A:fork', 'A:truncate', 'B', '+C'], config: { splitPtlocks: false } },
    { threads: ['A:fork', 'A:split-vma', '+C:rmap-break'], initial: 'private' },
    { threads: ['A:fork', 'A:split-vma', '+C'], initial: 'private', config: { entries: 2 } },
    { threads: ['A:fork', 'A:munmap', '+C'], initial: 'private' },
    { threads: ['A:fork', 'A:swap-fault', '+C'], initial: 'private' },
    { threads: ['A:fork', 'A:read-fault-anon', '+C'], initial: 'private' },
    { threads: ['A:fork', '+C'], initial: 'private', config: { allocFailures: 1 } },
  ];
  /** Not the undoing of a fork that failed, which is an exit; and nothing that tells slots, entries and vmas apart. */
  const alike = (place: string): string =>
    place.replace(/(?:slot|entry)_\d+\//g, '').replace(/second(?:_vma)?\//g, '');
  const ofTheFork = (run: string, given: readonly Case[]) =>
    neverTaken(run, given, alike).filter((name) => !/^(?:zap|unlink|free|finish|mmap)/.test(name));

  // No page without references is mapped writable; an entry does not change between two reads under the right lock; entry 0,
  // after which a vma is cut, is no swap entry.
  const never = ['load_present STEP 1', 'load_swap STEP 1', 'store_swap STEP 1'];

  test('as posted', () => {
    expect(ofTheFork('fork', cases)).toEqual(never);
    expectSameEdges(cases, 150);
  });

  test('with W cleared first', () => {
    expect(ofTheFork('fork-wrprotect-first', cases.map(first))).toEqual(never);
    expectSameEdges(cases.map(first), 150);
  });
});
