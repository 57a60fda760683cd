import { describe, expect, test } from 'vitest';
import { edgesOf } from '../explorer/edges.ts';
import { type Case, explored, neverTaken, systemOf } from './explored.ts';

const seqcount = ['seqcount-one-writer', 'seqcount-odd-inside', 'seqcount-even-outside', 'seqcount-settles'];
const alone: Case = { threads: ['A:gup-fast', 'B'] };
const oneBreaker: Case = { threads: ['A:gup-fast', 'A:break-only', 'B'] };
const twoBreakers: Case = { threads: ['A:gup-fast', 'A:break-only', 'A:break-only', 'B'] };
const writers: Case = { threads: ['A:gup-fast', 'A:write-fault', 'B:write-fault'] };

describe('GUP-fast with FOLL_PIN', () => {
  test('alone: ten steps from the first read of the seqcount to the unpin', () => {
    expect(explored(alone)).toEqual({ states: 11, violated: [] });
  });

  test('without a table it turns interrupts off and on again', () => {
    expect(explored({ ...alone, initial: 'none' })).toEqual({ states: 5, violated: [] });
  });

  // One writer at a time: an open section makes the count odd, a later one makes it another.
  test('one breaker of the mm and one of another: the seqcount keeps it out', () => {
    expect(explored(oneBreaker)).toEqual({ states: 496, violated: [] });
    expect(explored({ threads: ['A:gup-fast', 'A:break-only', 'B:break-only'] })).toEqual({
      states: 17_295,
      violated: [],
    });
  });

  // Both begin: the count goes from 0 to 2 and is even inside two open sections.
  test('two breakers of the mm: a pin inside their sections', () => {
    expect(explored(twoBreakers)).toEqual({
      states: 148_974,
      violated: ['right-lock-for-slot', ...seqcount, 'gup-no-overlap'],
    });
  });

  test('with serialised sections not', () => {
    expect(explored({ ...twoBreakers, protocol: 'v5-seq-serialised' }).violated).toEqual([]);
  });

  // The second look at slot and entry finds every table that it may not use.
  test('beside writers of both sharers it never returns a page of another', () => {
    expect(explored(writers).violated).toEqual([]);
  });

  // A gives up the table and waits for the walk before it goes on; B, who frees the table, does not.
  test('beside a zap of its mm and the exit of the last sharer it walks a freed table', () => {
    const given: Case = { threads: ['A:gup-fast', 'A:madvise-dontneed', 'B:exit'] };
    expect(explored(given).violated).toEqual(['no-use-after-free']);
    expect(explored({ ...given, config: { rcuTableFree: true } }).violated).toEqual([]);
  });

  // A fork alone is the only writer of the seqcount; a walker that breaks is the second, and holds no mmap_lock.
  test('beside a fork it never overlaps its section, unless something else breaks meanwhile', () => {
    const fork: Case = { threads: ['A:gup-fast', 'A:fork', '+C'], initial: 'private' };
    const overlaps = (given: Case) => explored(given).violated.filter((name) => name.startsWith('gup-'));
    expect(overlaps(fork)).toEqual([]);
    expect(overlaps({ ...fork, threads: [...fork.threads, 'A:rmap-break'] })).toEqual([
      'gup-no-overlap',
      'gup-no-fork-overlap',
    ]);
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    const nothing: Case = { ...alone, initial: 'none' };
    // A page that it has seen mapped cannot lose its last reference while it has interrupts off: who unmaps it has to
    // flush first.
    expect(neverTaken('gup-fast', [alone, nothing, oneBreaker, twoBreakers, writers])).toEqual([
      'gup_grab_page STEP 0',
    ]);
    for (const given of [alone, nothing, oneBreaker, twoBreakers]) {
      const { compiled, xstate } = edgesOf(systemOf(given), false, 500);
      expect(compiled).toEqual(xstate);
    }
  });
});
