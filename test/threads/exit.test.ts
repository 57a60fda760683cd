import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored } from './explored.ts';
import { neverTakenInZap } from './zap-branches.ts';

const alone: Case = { threads: ['A:exit', 'B'] };
const last: Case = { threads: ['A:exit'] };
const own: Case = { threads: ['A:exit'], initial: 'private' };
const empty: Case = { threads: ['A:exit'], initial: 'none' };
const huge: Case = { threads: ['A:exit'], initial: 'huge' };
const both: Case = { threads: ['A:exit', 'B:exit'] };
const twoSlots: Case = { threads: ['A:exit', 'B:exit'], config: { slots: 2 } };
const truncated: Case = { threads: ['A:exit', 'A:truncate', 'B'] };
const unmapped: Case = { threads: ['A:exit', 'A:munmap', 'B'] };
const watched: Case = { threads: ['A:exit', 'B:gup-fast', 'B:write-fault'] };

describe('the exit of an mm', () => {
  test('alone: others on the table, the last one on it, a table of its own, nothing', () => {
    expect(explored(alone)).toEqual({ states: 34, violated: [] });
    expect(explored(last)).toEqual({ states: 33, violated: [] });
    expect(explored(own)).toEqual({ states: 25, violated: [] });
    expect(explored(empty)).toEqual({ states: 11, violated: [] });
    expect(explored(huge)).toEqual({ states: 14, violated: [] });
  });

  // Whoever puts last frees the table: in the zap if it shared the table at the first count, else in free_pgtables().
  test('two exits free the table between them, once', () => {
    expect(explored(both)).toEqual({ states: 1763, violated: [] });
    expect(explored(twoSlots)).toEqual({ states: 11_930, violated: [] });
  });

  // With one lock per mm the put of one mm and its store to the slot are not kept apart from the free by the other.
  test('two exits without split locks', () => {
    const oneLock: Case = { ...both, config: { splitPtlocks: false } };
    expect(explored(oneLock)).toEqual({ states: 1824, violated: ['refcount-matches'] });
  });

  test('beside a fault of another sharer', () => {
    expect(explored({ threads: ['A:exit', 'B:write-fault'] })).toEqual({ states: 3387, violated: [] });
  });

  // Neither of the two waits for the other before the slot is emptied: exit waits for i_mmap in free_pgtables() only.
  test('beside a truncation of its own mapping', () => {
    expect(explored(truncated)).toEqual({ states: 862, violated: ['no-empty-slot-deref'] });
  });

  test('after munmap there is nothing left to do, after a part of it the rest', () => {
    expect(explored(unmapped)).toEqual({ states: 41, violated: [] });
    const part: Case = { threads: ['A:exit', 'A:munmap entry=0', 'B'], config: { entries: 2 } };
    expect(explored(part)).toEqual({ states: 84, violated: [] });
  });

  test('waits for swapoff, which holds its users', () => {
    expect(explored({ threads: ['A:exit', 'A:swapoff', 'B'] })).toEqual({ states: 154, violated: [] });
  });

  // The flush before the free reaches the processors of the exiting mm. B has left the table and not flushed yet.
  test('frees a table through which GUP-fast of another mm still walks', () => {
    expect(explored(watched)).toEqual({ states: 85_037, violated: ['no-use-after-free'] });
    expect(explored({ ...watched, config: { rcuTableFree: true } })).toEqual({
      states: 99_978,
      violated: [],
    });
    expect(explored({ ...watched, protocol: 'v5-flush-in-lock' })).toEqual({ states: 82_088, violated: [] });
  });

  // The child's vmas are cut like the parent's. Both breaks fail twice; the entries of the parent are cleared, the slot is
  // still COW-ed when free_pmd_range() comes to it, and pmd_none_or_clear_bad() drops it without a put.
  test('of a child whose vma was cut, without memory for a break', () => {
    const child: Case = {
      threads: ['A:split-vma', 'A:fork', '+C:exit'],
      initial: 'private',
      config: { allocFailures: 4 },
    };
    const { violated } = explored(child);
    const wrong = [
      'refcount-matches',
      'no-table-leak',
      'warn-free-shared',
      'shared-never-modified',
      'no-lost-entry',
      'failure-reported',
    ];
    expect(violated).toEqual(expect.arrayContaining(wrong));
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    const ownTruncated: Case = { ...truncated, threads: ['A:exit', 'A:truncate'], initial: 'private' };
    const cases = [alone, last, own, empty, huge, both, truncated, ownTruncated];
    expectSameEdges([...cases, unmapped, twoSlots], 300);
    expect(neverTakenInZap('exit', cases)).toEqual([
      // A huge page that became a table in between.
      'zap_0/tests/recheck_huge STEP 0',
      'zap_0/tests/unlock_table STEP 0',
      // A slot that is COW-ed after the zap: see the child above.
      'free_0/check_writable STEP 1',
      'free_0/check_bad STEP 1',
      'free_0/warn_read_slot STEP 0',
      'free_0/warn_read_slot STEP 1',
      // A slot emptied by somebody who has no business there any more.
      'free_0/free_pte_range/read_slot STEP 0',
      'free_0/clear_bad STEP 0',
      'free_0/warn_read_count STEP 0',
      'zap_0/free_pte_range/read_slot STEP 0',
    ]);
  });
});
