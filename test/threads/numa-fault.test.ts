import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored } from './explored.ts';
import { neverTakenOutsideTheBreak } from './outside-the-break.ts';

const alone: Case = { threads: ['A:numa-fault', 'B'] };
const privately: Case = {
  threads: ['A:numa-fault', 'A:numa-fault', 'A:madvise-dontneed'],
  initial: 'private',
};
const besideBreak: Case = { threads: ['A:numa-fault', 'A:write-fault', 'B'] };
const besideZap: Case = { threads: ['A:numa-fault', 'A:numa-fault', 'A:madvise-dontneed', 'B'] };
const oneLock: Case = { threads: ['A:numa-fault', 'B:numa-fault'], config: { splitPtlocks: false } };

describe('a NUMA hinting fault', () => {
  test('alone: makes the entry of the shared table present again, for both', () => {
    expect(explored(alone)).toEqual({ states: 20, violated: ['shared-never-modified'] });
  });

  test('a table of its own is its to change', () => {
    expect(explored({ ...alone, initial: 'private' })).toEqual({ states: 19, violated: [] });
  });

  // The address is from before the break, the lock from after it.
  test('beside a write fault of the mm', () => {
    expect(explored(besideBreak).violated).toEqual([
      'warn-shared-writable',
      'right-lock-for-entry',
      'no-foreign-write',
      'shared-never-modified',
    ]);
  });

  // One lock per mm: both take the entry out of the one table, and the second puts back that it was none.
  test('in both mms, each with its one lock', () => {
    expect(explored(oneLock)).toEqual({
      states: 556,
      violated: ['shared-never-modified', 'no-lost-entry', 'accounting'],
    });
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    expectSameEdges([alone, privately, besideBreak, besideZap, oneLock], 500);
    const empty: Case = {
      threads: ['A:numa-fault', 'A:read-fault-anon'],
      initial: 'none',
      config: { allocFailures: 1 },
    };
    const cases = [alone, privately, besideBreak, besideZap, oneLock, empty];
    expect(neverTakenOutsideTheBreak('numa-fault', cases)).toEqual([]);
  });
});
