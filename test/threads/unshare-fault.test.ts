import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored } from './explored.ts';
import { neverTakenOutsideTheBreak } from './outside-the-break.ts';

const seqcount = ['seqcount-one-writer', 'seqcount-odd-inside', 'seqcount-even-outside', 'seqcount-settles'];
const alone: Case = { threads: ['A:unshare-fault', 'B'] };
const failing: Case = { ...alone, config: { allocFailures: 1 } };
const beside: Case = { threads: ['A:unshare-fault', 'A:unshare-fault', 'B'] };
const exclusive: Case = { threads: ['A:unshare-fault', 'A:write-fault'], initial: 'private' };
const empty: Case = {
  threads: ['A:unshare-fault', 'A:unshare-fault'],
  initial: 'none',
  config: { allocFailures: 1 },
};
const besideZap: Case = { threads: ['A:unshare-fault', 'A:madvise-dontneed', 'B'] };

describe('a fault that unshares', () => {
  test('alone: breaks, copies the page that both map, and maps the copy without W', () => {
    expect(explored(alone)).toEqual({ states: 58, violated: [] });
  });

  // The break and the copy of the page each may have no memory: an error, with every reference given back.
  test('without memory', () => {
    expect(explored(failing)).toEqual({ states: 66, violated: [] });
  });

  test('in both mms at once', () => {
    expect(explored({ threads: ['A:unshare-fault', 'B:unshare-fault'] }).violated).toEqual([]);
  });

  // mmap_lock for read keeps two breaks of one mm apart no more than two write faults.
  test('twice in one mm', () => {
    expect(explored(beside).violated).toEqual(['right-lock-for-slot', ...seqcount]);
  });

  // The one reference is that of the mapping: nothing to do, whoever comes first.
  test('a page of its own stays where it is', () => {
    expect(explored(exclusive)).toEqual({ states: 306, violated: [] });
  });

  // It is no write: an entry that is none gets the zero page, and the zero page is nothing to unshare.
  test('an empty slot', () => {
    expect(explored(empty)).toEqual({ states: 1029, violated: [] });
  });

  test('beside MADV_DONTNEED', () => {
    expect(explored(besideZap).violated).toEqual([
      'no-foreign-write',
      'shared-never-modified',
      'no-use-after-free',
      'no-empty-slot-deref',
      'accounting',
    ]);
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    expectSameEdges([alone, failing, exclusive, empty, besideZap], 500);
    const cases = [failing, exclusive, empty, besideZap];
    // After its break nobody shares the table. Where the entry is none the slot is not emptied again: one zap only.
    expect(neverTakenOutsideTheBreak('unshare-fault', cases)).toEqual([
      'warn_read_count STEP 0',
      'anon/check_unstable STEP 1',
      'warn_read_writable STEP 0',
      'anon/lockptr STEP 0',
      'anon/check_entry STEP 0',
    ]);
  });
});
