import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored } from './explored.ts';
import { neverTakenOutsideTheBreak } from './outside-the-break.ts';

const alone: Case = { threads: ['A:read-fault-anon', 'B'] };
const failing: Case = {
  threads: ['A:read-fault-anon', 'A:read-fault-anon'],
  initial: 'none',
  config: { allocFailures: 1 },
};
const besideBreak: Case = { threads: ['A:read-fault-anon', 'A:write-fault', 'B'] };
const besideZap: Case = { threads: ['A:read-fault-anon', 'A:madvise-dontneed', 'B'] };
const twiceBesideZap: Case = { threads: ['A:read-fault-anon', ...besideZap.threads] };
const privately: Case = {
  threads: ['A:read-fault-anon', 'A:read-fault-anon', 'A:madvise-dontneed'],
  initial: 'private',
};

describe('a read fault on anonymous memory', () => {
  // The vma has no vm_ops and nothing is written: nobody breaks, and the zero page goes into the table of both.
  test('alone: stores into the shared table', () => {
    expect(explored(alone)).toEqual({ states: 19, violated: ['shared-never-modified'] });
  });

  test('a table of its own is its to change', () => {
    expect(explored({ ...alone, initial: 'private' })).toEqual({ states: 18, violated: [] });
  });

  test('an empty slot gets one table from two faults, and the failure of one is an error', () => {
    expect(explored(failing)).toEqual({ states: 966, violated: [] });
  });

  // The lock and the address come from two reads of the slot, which a break changes in between or afterwards; so do the reads
  // of the warning, which fires on a count of the old table and the W of the new one.
  test('beside a write fault of the mm', () => {
    expect(explored(besideBreak)).toEqual({
      states: 2104,
      violated: ['warn-shared-writable', 'right-lock-for-entry', 'no-foreign-write', 'shared-never-modified'],
    });
  });

  // Zap empties the slot of a SHARED table under mmap_lock for read, beside faults.
  test('beside MADV_DONTNEED', () => {
    expect(explored(besideZap)).toEqual({
      states: 927,
      violated: ['no-foreign-write', 'shared-never-modified', 'no-empty-slot-deref'],
    });
  });

  test('a huge page is no business of the break or of its warning', () => {
    expect(explored({ threads: ['A:read-fault-anon'], initial: { slots: ['huge'] } })).toEqual({
      states: 4,
      violated: [],
    });
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    expectSameEdges([alone, failing, besideBreak, besideZap], 500);
    const cases = [failing, besideBreak, twiceBesideZap, privately];
    expect(neverTakenOutsideTheBreak('read-fault-anon', cases)).toEqual([]);
  });
});
