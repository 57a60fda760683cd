import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored } from './explored.ts';
import { neverTakenOutsideTheBreak } from './outside-the-break.ts';

const alone: Case = { threads: ['A:read-fault-file', 'B'] };
const failing: Case = { ...alone, config: { allocFailures: 1 } };
const twice: Case = {
  threads: ['A:read-fault-file', 'A:read-fault-file'],
  initial: 'none',
  config: { allocFailures: 1 },
};
const besideZap: Case = { threads: ['A:read-fault-file', 'A:madvise-dontneed', 'B'] };

describe('a read fault on a file mapping', () => {
  // A vma with vm_ops: the table is broken before the page goes into the hole.
  test('alone: breaks, then stores into the table of its own', () => {
    expect(explored(alone)).toEqual({ states: 54, violated: [] });
  });

  test('no memory for the break: VM_FAULT_OOM, nothing is stored', () => {
    expect(explored(failing)).toEqual({ states: 61, violated: [] });
  });

  test('the same file in two mms', () => {
    expect(explored({ threads: ['A:read-fault-file', 'B:read-fault-file'] }).violated).toEqual([]);
  });

  // The page lock lets one of them through at a time; the other is run again, or finds the entry taken. Whatever table was
  // allocated beforehand is installed or freed, and every reference on the page is that of a mapping.
  test('an empty slot and two faults on the one page', () => {
    expect(explored(twice)).toEqual({ states: 1454, violated: [] });
  });

  // A SHARED zap beside the break of the same mm: what the break installs, the zap gives up and frees.
  test('beside MADV_DONTNEED', () => {
    expect(explored(besideZap)).toEqual({
      states: 5048,
      violated: [
        'no-foreign-write',
        'shared-never-modified',
        'no-use-after-free',
        'no-empty-slot-deref',
        'accounting',
      ],
    });
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    expectSameEdges([alone, failing, twice, besideZap], 500);
    const cases: Case[] = [
      twice,
      { ...besideZap, config: { allocFailures: 1 } },
      { threads: ['A:read-fault-file', 'A:read-fault-anon'], initial: 'none' },
      { threads: ['A:read-fault-file', 'A:read-fault-anon', 'A:madvise-dontneed', 'B'] },
      {
        threads: ['A:read-fault-file', 'A:read-fault-file', 'A:madvise-dontneed'],
        initial: 'private',
      },
    ];
    // After its break nobody shares the table; the lock is not read where the entry was none, unless the slot is emptied
    // after another fault has filled it.
    expect(neverTakenOutsideTheBreak('read-fault-file', cases)).toEqual([
      'warn_read_count STEP 0',
      'warn_read_writable STEP 0',
      'fault_lockptr STEP 0',
    ]);
  });
});
