import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored } from './explored.ts';
import { neverTakenOutsideTheBreak } from './outside-the-break.ts';

const seqcount = ['seqcount-one-writer', 'seqcount-odd-inside', 'seqcount-even-outside', 'seqcount-settles'];
const alone: Case = { threads: ['A:swap-fault', 'B'] };
const failing: Case = { ...alone, config: { allocFailures: 1 } };
const failingTwice: Case = { ...alone, config: { allocFailures: 2 } };
const privately: Case = {
  threads: ['A:swap-fault', 'A:swap-fault', 'A:madvise-dontneed'],
  initial: 'private',
  config: { allocFailures: 1 },
};
const besideZap: Case = {
  threads: ['A:swap-fault', 'A:madvise-dontneed', 'B'],
  config: { allocFailures: 2 },
};

describe('a read fault on a swap entry', () => {
  test('alone: handle_pte_fault() breaks, then the page takes the place of the swap entry', () => {
    expect(explored(alone)).toEqual({ states: 55, violated: [] });
  });

  // The result of the break is dropped: do_swap_page() stores into the table that is still shared, and the fault succeeds.
  // What A has paid for with its reference B maps too, while A's swap count is gone for both.
  test('a break without memory changes nothing in what follows', () => {
    expect(explored(failing)).toEqual({
      states: 77,
      violated: ['shared-never-modified', 'failure-reported', 'accounting'],
    });
  });

  // If the page cannot be had either, the fault is out of memory after all.
  test('no memory for the page', () => {
    expect(explored(failingTwice)).toEqual({
      states: 84,
      violated: ['shared-never-modified', 'failure-reported', 'accounting'],
    });
  });

  test('in both mms at once', () => {
    expect(explored({ threads: ['A:swap-fault', 'B:swap-fault'] }).violated).toEqual([]);
  });

  // Nobody has broken when the warning looks: the count of the old table, then the W of what the other fault installed.
  test('twice in one mm', () => {
    expect(explored({ threads: ['A:swap-fault', 'A:swap-fault', 'B'] }).violated).toEqual([
      'warn-shared-writable',
      'right-lock-for-slot',
      ...seqcount,
    ]);
  });

  // The page lock and the second look at the entry: one of the two maps the page, the other gives its reference back.
  test('a table of its own', () => {
    expect(explored({ ...privately, threads: ['A:swap-fault', 'A:swap-fault'] })).toEqual({
      states: 798,
      violated: [],
    });
  });

  test('the swap count and the references are zero after the exit of both', () => {
    expect(explored({ threads: ['A:swap-fault', 'A:exit', 'B:exit'] }).violated).toEqual([]);
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    expectSameEdges([alone, failing, failingTwice, privately, besideZap], 500);
    const empty: Case = {
      threads: ['A:swap-fault', 'A:read-fault-anon'],
      initial: 'none',
      config: { allocFailures: 1 },
    };
    const emptied: Case = { threads: ['A:swap-fault', 'A:write-fault', 'B'], protocol: 'v5-clear-first' };
    const cases = [failingTwice, privately, besideZap, empty, emptied];
    // The slot is not emptied again after the entry was found none, nor after a look at a present one.
    expect(neverTakenOutsideTheBreak('swap-fault', cases)).toEqual([
      'anon/check_unstable STEP 1',
      'anon/lockptr STEP 0',
      'fault_lockptr STEP 0',
      'anon/check_entry STEP 0',
    ]);
  });
});
