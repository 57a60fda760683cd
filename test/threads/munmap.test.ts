import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored } from './explored.ts';
import { neverTakenInZap } from './zap-branches.ts';

const alone: Case = { threads: ['A:munmap', 'B'] };
const last: Case = { threads: ['A:munmap'] };
const own: Case = { threads: ['A:munmap'], initial: 'private' };
const twice: Case = { threads: ['A:munmap', 'A:munmap'], initial: 'private' };
const part: Case = { threads: ['A:munmap entry=0', 'B'], config: { entries: 2 } };
const partFailing: Case = { ...part, config: { entries: 2, allocFailures: 2 } };
const processor: Case = { threads: ['A:munmap', 'A:cpu', 'B:write-fault'] };
const pinned: Case = { threads: ['A:munmap', 'A:gup-fast', 'B:exit'] };
const truncated: Case = { threads: ['A:munmap', 'A:truncate', 'B'] };

describe('munmap(2)', () => {
  test('alone: others on the table, the last one on it, a table of its own', () => {
    expect(explored(alone)).toEqual({ states: 32, violated: [] });
    expect(explored(last)).toEqual({ states: 31, violated: [] });
    expect(explored(own)).toEqual({ states: 23, violated: [] });
  });

  // It takes the vma away under mmap_lock for write: the second one, and faults that come later, find nothing.
  test('again, and beside faults of the mm', () => {
    expect(explored(twice)).toEqual({ states: 47, violated: [] });
    expect(explored({ threads: ['A:munmap', 'A:write-fault', 'B'] })).toEqual({ states: 141, violated: [] });
  });

  test('beside another sharer', () => {
    expect(explored({ threads: ['A:munmap', 'B:exit'] })).toEqual({ states: 1779, violated: [] });
    expect(explored({ threads: ['A:munmap', 'B:write-fault'] })).toEqual({ states: 3085, violated: [] });
  });

  // The part is cut out first, and the break at the cut has made the table private: only what was asked for goes, and the
  // neighbours in the 2 MiB keep the table. A cut that fails is an error, and nothing has happened.
  test('of one entry', () => {
    expect(explored(part)).toEqual({ states: 55, violated: [] });
    expect(explored(partFailing)).toEqual({ states: 127, violated: [] });
  });

  // Slot and entries stay as they are while others use the table; the flush comes after the unlock. In between B is the last
  // sharer, writes to a page in place, and the processor of A reads it. With the flush in the lock it still does: the last
  // user drops the pages of the table before the slot.
  test('beside a processor of the mm and a write of the other sharer', () => {
    expect(explored(processor)).toEqual({
      states: 8396,
      violated: ['tlb-no-foreign-read', 'reads-own-data'],
    });
    expect(explored({ ...processor, protocol: 'v5-flush-in-lock' })).toEqual({
      states: 8042,
      violated: ['reads-own-data'],
    });
  });

  // The same window, and the other sharer frees the table: GUP-fast of A is inside, and only A's own flush waits for it.
  test('beside GUP-fast of the mm and the exit of the other sharer', () => {
    expect(explored(pinned)).toEqual({ states: 24_156, violated: ['no-use-after-free'] });
    expect(explored({ ...pinned, config: { rcuTableFree: true } })).toEqual({ states: 29_297, violated: [] });
  });

  test('waits for a truncation too late', () => {
    expect(explored(truncated)).toEqual({ states: 847, violated: ['no-empty-slot-deref'] });
  });

  // Version 4 empties the slot after the unlock.
  test('in version 4', () => {
    expect(explored({ ...alone, protocol: 'v4' })).toEqual({ states: 31, violated: ['refcount-matches'] });
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    const huge: Case = { ...last, initial: 'huge' };
    const bothUnmap: Case = { threads: ['A:munmap', 'B:exit'] };
    const truncatedOwn: Case = { ...truncated, threads: ['A:munmap', 'A:truncate'], initial: 'private' };
    const partTruncated: Case = { threads: ['A:munmap entry=0', 'A:truncate', 'B'] };
    const partOwn: Case = { threads: ['A:munmap entry=0', 'A:truncate'], initial: 'private' };
    const whole = [alone, last, own, twice, truncated, huge, bothUnmap, truncatedOwn];
    const cases = [...whole, part, partFailing, partTruncated, partOwn];
    expectSameEdges(cases, 300);
    const never = neverTakenInZap('munmap', cases);
    expect(never).toEqual([
      // A huge page that became a table in between.
      'zap_0/tests/recheck_huge STEP 0',
      // A slot that is COW-ed or empty after the zap: nobody can reach it then.
      'free_0/check_writable STEP 1',
      'zap_0/tests/unlock_table STEP 0',
      'free_0/check_bad STEP 1',
      'free_0/warn_read_slot STEP 0',
      'free_0/warn_read_slot STEP 1',
      'free_0/free_pte_range/read_slot STEP 0',
      'free_0/clear_bad STEP 0',
      'free_0/warn_read_count STEP 0',
      'zap_0/free_pte_range/read_slot STEP 0',
      // The cut has waited for everybody who could empty the slot.
      'zap_0/part/lockptr STEP 0',
      'zap_0/part/entry_0/read_entry STEP 0',
    ]);
  });
});
