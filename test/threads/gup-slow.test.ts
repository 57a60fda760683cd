import { describe, expect, test } from 'vitest';
import { edgesOf } from '../explorer/edges.ts';
import { type Case, explored, neverTaken, systemOf } from './explored.ts';

const alone: Case = { threads: ['A:gup-slow', 'B'] };
const nothing: Case = { ...alone, initial: 'none' };
const ownTable: Case = { ...alone, initial: 'private' };
const beside: Case = { threads: ['A:gup-slow', 'A:break-only', 'B:break-only'] };
const emptied: Case = { protocol: 'v5-clear-first', threads: ['A:gup-slow', 'A:break-only', 'B'] };
const oneLock: Case = { ...beside, config: { splitPtlocks: false } };

describe('get_user_pages() with FOLL_GET', () => {
  test('alone: eleven steps of a COW-ed slot, one more where the slot is writable', () => {
    expect(explored(alone)).toEqual({ states: 12, violated: [] });
    expect(explored(ownTable)).toEqual({ states: 13, violated: [] });
  });

  test('without a table it gives up at the first look', () => {
    expect(explored(nothing)).toEqual({ states: 4, violated: [] });
  });

  test('breaks alone change no value that it could find', () => {
    expect(explored(beside)).toEqual({ states: 15_598, violated: [] });
  });

  // The lock and the address are of the old table: another thread of the mm has broken and written since.
  test('a write of another thread between the read of the address and the lock', () => {
    const given = { threads: ['A:gup-slow', 'A:write-fault', 'B'] };
    expect(explored(given).violated).toEqual(['reads-own-data']);
  });

  // Without split locks the mm's one lock orders it after the write, but not the address that it has read before.
  test('the same with one lock for the mm', () => {
    const given = { threads: ['A:gup-slow', 'A:write-fault', 'B'], config: { splitPtlocks: false } };
    expect(explored(given).violated).toEqual(['reads-own-data']);
  });

  // A break that empties the slot for a while: pte_lockptr() meets it.
  test('an emptied slot under it', () => {
    expect(explored(emptied).violated).toEqual(['no-empty-slot-deref']);
    expect(explored({ ...emptied, config: { splitPtlocks: false } }).violated).toEqual([
      'no-empty-slot-deref',
    ]);
  });

  // The copy of an unsharing fault has the contents of the original.
  test('a copy that nobody has written to', () => {
    expect(explored({ threads: ['A:gup-slow', 'A:unshare-fault', 'B'] }).violated).toEqual([]);
  });

  // MADV_DONTNEED holds mmap_lock for read as well: it empties the slot, and the other sharer frees the table.
  test('a zap of its mm and the exit of the last sharer', () => {
    expect(explored({ threads: ['A:gup-slow', 'A:madvise-dontneed', 'B:exit'] }).violated).toEqual([
      'no-use-after-free',
      'no-empty-slot-deref',
    ]);
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    const cases = [alone, nothing, ownTable, beside, emptied];
    // A table that maps nothing yet; and a slot that is emptied after it was seen writable.
    const hole: Case = { threads: ['A:gup-slow', 'A:write-fault'], initial: 'none' };
    const late: Case = { protocol: 'v4', threads: ['A:gup-slow', 'A:break-only', 'A:break-only', 'B'] };
    expect(neverTaken('gup-slow', [...cases, hole, late])).toEqual([]);
    for (const given of [...cases, oneLock, hole]) {
      const { compiled, xstate } = edgesOf(systemOf(given), false, 500);
      expect(compiled).toEqual(xstate);
    }
  });
});
