import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored, neverTaken } from './explored.ts';

const pinned: Case = { threads: ['A:fork', 'A:gup-fast', '+C'], initial: 'private' };
const failing: Case = { ...pinned, config: { allocFailures: 1 } };
const first = (given: Case): Case => ({
  ...given,
  threads: given.threads.map((t) => t.replace(':fork', ':fork-wrprotect-first')),
});

describe('a fork that may meet a pinned page', () => {
  // The child gets a table and a copy of the page. Its slot is cleared without a lock and before the reference is given back:
  // for a while the count is one too high. And a table that is shared becomes private again.
  test('falls back to a copy', () => {
    expect(explored(pinned)).toEqual({
      states: 1122,
      violated: ['refcount-matches', 'shared-is-read-only', 'lifecycle'],
    });
  });

  // Without memory for the child's table it returns before the put.
  test('that fails keeps the reference for good', () => {
    expect(explored(failing)).toEqual({
      states: 1471,
      violated: ['refcount-matches', 'no-table-leak', 'shared-is-read-only', 'lifecycle'],
    });
  });

  // The page of a table that is shared already belongs to nobody alone: nothing has to be copied.
  test('of a table that is shared already there is no fallback', () => {
    expect(explored({ threads: ['A:fork', 'A:gup-fast', 'B', '+C'] })).toEqual({
      states: 595,
      violated: ['shared-is-read-only'],
    });
  });

  // The ordinary copy takes the slot with W=0 for a bad one and clears it: table and pages of the parent are lost.
  test('with W cleared first the parent loses its table', () => {
    expect(explored(first(pinned))).toEqual({
      states: 1318,
      violated: ['refcount-matches', 'no-table-leak', 'no-lost-entry', 'accounting'],
    });
  });

  test('beside a writer of the mm', () => {
    const threads = ['A:fork', 'A:gup-fast', 'A:write-fault', '+C'];
    expect(explored({ threads, initial: 'private' }).violated).toEqual([
      'refcount-matches',
      'shared-is-read-only',
      'lifecycle',
    ]);
  });

  test('corrected, it copies before it shares', () => {
    expect(explored({ ...pinned, protocol: 'fixed' }).violated).toEqual([]);
    expect(explored({ ...failing, protocol: 'fixed' }).violated).toEqual([]);
  });

  test('every branch of the fallback is taken, and the engines agree on all edges', () => {
    const entries: Case = {
      threads: ['A:fork', 'A:gup-fast', 'A:swap-fault', 'A:split-vma', '+C'],
      initial: 'private',
      config: { entries: 2 },
    };
    const hole: Case = { threads: ['A:fork', 'A:gup-fast', '+C:truncate'], initial: 'private' };
    const cases: readonly Case[] = [
      failing,
      { ...failing, config: { allocFailures: 1, splitPtlocks: false } },
      { threads: ['A:fork', 'A:gup-fast', 'A:write-fault', '+C'], initial: 'private' },
      { threads: ['A:fork', 'A:gup-fast', 'A:rmap-break', '+C'], initial: 'private' },
      { threads: ['A:fork', 'A:gup-fast', 'A:read-fault-anon', '+C'], initial: 'private' },
      entries,
      hole,
    ];
    const alike = (place: string): string =>
      place.replace(/(?:slot|entry)_\d+\//g, '').replace(/second(?:_vma)?\//g, '');
    const never = neverTaken('fork', cases, alike).filter((name) => /^(?:recover|rest)/.test(name));
    // Nobody empties the child's slot, which has W=1; the parent's is not emptied and not write-protected meanwhile, and its
    // table keeps the reference that is to be given back.
    const emptied = /alloc_table|lock_pmd|unlock_pmd|recheck_none|inc_nr_ptes|populate|free_unused|lockptr/;
    expect(never.filter((name) => !emptied.test(name))).toEqual([
      'recover/alloc_check_none STEP 1',
      'recover/put_read_slot STEP 0',
      'recover/put_table STEP 1',
      'rest/check_bad STEP 1',
      'rest/table/alloc_check_none STEP 0',
      'rest/clear_bad STEP 0',
      'rest/table/test_none STEP 0',
      // Neither is a page without references mapped writable, nor does an entry change under its lock.
      'rest/table/load_present STEP 1',
      'rest/table/load_swap STEP 1',
      // The address of the child's entries does not come from an empty slot.
      'rest/table/store_present STEP 0',
      'rest/table/store_swap STEP 0',
      'rest/table/store_swap STEP 2',
      'rest/table/copy_page STEP 0',
      'rest/table/store_swap STEP 3',
    ]);
    expectSameEdges(cases, 100);
  });
});
