import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored } from './explored.ts';
import { neverTakenInZap } from './zap-branches.ts';

const alone: Case = { threads: ['A:madvise-dontneed', 'B'] };
const last: Case = { threads: ['A:madvise-dontneed'] };
const own: Case = { threads: ['A:madvise-dontneed'], initial: 'private' };
const twice: Case = { threads: ['A:madvise-dontneed', 'A:madvise-dontneed', 'B'] };
const fault: Case = { threads: ['A:madvise-dontneed', 'A:write-fault', 'B'] };
const entry: Case = { threads: ['A:madvise-dontneed entry=0', 'B'], config: { entries: 2 } };
const entryLast: Case = { ...entry, threads: ['A:madvise-dontneed entry=0'] };
const entryOwn: Case = { ...entryLast, initial: 'private' };
const runsOn: Case = { threads: ['A:madvise-dontneed entry=0', 'B'], config: { slots: 2 } };
const failing: Case = { ...runsOn, config: { slots: 2, allocFailures: 2 } };
const stops: Case = { ...runsOn, initial: { slots: ['shared', 'none'] } };

describe('MADV_DONTNEED', () => {
  test('alone: others on the table, the last one on it, a table of its own', () => {
    expect(explored(alone)).toEqual({ states: 28, violated: [] });
    expect(explored(last)).toEqual({ states: 21, violated: [] });
    expect(explored(own)).toEqual({ states: 13, violated: [] });
  });

  // The range is widened to the 2 MiB before the count is looked at: the entry that nobody named goes as well.
  test('of one entry takes all of a COW-ed table, even from its last user', () => {
    expect(explored(entry)).toEqual({ states: 31, violated: ['no-lost-entry'] });
    expect(explored(entryLast)).toEqual({ states: 24, violated: ['no-lost-entry'] });
    expect(explored(entryOwn)).toEqual({ states: 13, violated: [] });
  });

  // The end that is returned lies behind the end of the request. Without memory for the break the entries of the
  // other sharers go with it.
  test('of one entry runs on into the next slot, unless that is empty', () => {
    expect(explored(runsOn)).toEqual({ states: 68, violated: ['no-lost-entry'] });
    expect(explored(failing)).toEqual({
      states: 129,
      violated: ['shared-never-modified', 'no-lost-entry', 'failure-reported', 'accounting'],
    });
    expect(explored(stops)).toEqual({ states: 29, violated: [] });
    const inLast: Case = { ...runsOn, threads: ['A:madvise-dontneed entry=0 slot=1', 'B'] };
    expect(explored(inLast)).toEqual({ states: 28, violated: [] });
  });

  // mmap_lock is held for read only: two of them empty the slot under each other's feet.
  test('twice at once', () => {
    expect(explored(twice)).toEqual({ states: 810, violated: ['no-empty-slot-deref'] });
  });

  // Everybody who holds mmap_lock takes for granted that a slot which led to a table still does.
  test('beside a fault of the mm', () => {
    expect(explored(fault)).toEqual({
      states: 5105,
      violated: [
        'no-foreign-write',
        'shared-never-modified',
        'no-use-after-free',
        'no-empty-slot-deref',
        'accounting',
      ],
    });
  });

  test('beside a fault of another sharer', () => {
    expect(explored({ threads: ['A:madvise-dontneed', 'B:write-fault'] })).toEqual({
      states: 2390,
      violated: [],
    });
  });

  // Version 4 drops the references of a shared table and leaves slot and entries; nobody calls free_pmd_range().
  test('in version 4 goes on mapping what it has put', () => {
    expect(explored({ ...alone, protocol: 'v4' })).toEqual({ states: 19, violated: ['accounting'] });
    expect(explored({ ...entry, protocol: 'v4' })).toEqual({ states: 19, violated: ['accounting'] });
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    const huge: Case = { ...last, initial: 'huge' };
    const swap: Case = { threads: ['A:madvise-dontneed', 'A:swap-fault', 'B'] };
    const oneLock: Case = { ...twice, config: { splitPtlocks: false } };
    const exits: Case = { threads: ['A:madvise-dontneed', 'B:exit'] };
    const cases = [alone, last, own, twice, fault, entry, entryLast, entryOwn, failing, stops];
    const besideBreaks: Case = {
      threads: ['A:madvise-dontneed entry=0', 'A:truncate', 'A:break-only', 'B'],
    };
    const beside: Case = { threads: ['A:madvise-dontneed entry=0', 'A:truncate'], initial: 'private' };
    const ontoPrivate: Case = {
      ...runsOn,
      threads: ['A:madvise-dontneed entry=0', 'A:break-only slot=1', 'A:truncate slot=1', 'B'],
    };
    const ontoHuge: Case = { ...runsOn, initial: { slots: ['shared', 'huge'] } };
    expectSameEdges([...cases, swap, exits, besideBreaks, ontoPrivate], 300);
    const more = [huge, swap, oneLock, exits, besideBreaks, beside, ontoPrivate, ontoHuge];
    expect(neverTakenInZap('madvise-dontneed', [...cases, ...more])).toEqual([
      // A huge page that became a table in between.
      'zap_0/tests/recheck_huge STEP 0',
      'zap_0/tests/unlock_table STEP 0',
    ]);
  });
});
