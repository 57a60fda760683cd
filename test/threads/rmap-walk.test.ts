import { describe, expect, test } from 'vitest';
import { edgesOf } from '../explorer/edges.ts';
import { type Case, explored, neverTaken, systemOf } from './explored.ts';

const alone: Case = { threads: ['A:rmap-walk', 'B'] };
const nothing: Case = { ...alone, initial: 'none' };
const beside: Case = { threads: ['A:rmap-walk', 'A:break-only', 'B:break-only'] };
const writers: Case = { threads: ['A:rmap-walk', 'A:write-fault', 'B:write-fault'] };
const emptied: Case = { protocol: 'v5-clear-first', threads: ['A:rmap-walk', 'A:break-only', 'B'] };
const oneLock: Case = { ...beside, config: { splitPtlocks: false } };

describe('a reverse-map walk that does not break', () => {
  test('alone: ten steps', () => {
    expect(explored(alone)).toEqual({ states: 11, violated: [] });
    expect(explored(nothing)).toEqual({ states: 4, violated: [] });
  });

  test('a stale table harms nobody while it lives: only Accessed is cleared', () => {
    expect(explored(beside)).toEqual({ states: 14_176, violated: [] });
    expect(explored(writers).violated).toEqual([]);
  });

  test('an emptied slot under it', () => {
    expect(explored(emptied)).toEqual({ states: 509, violated: ['no-empty-slot-deref'] });
  });

  // Zap empties a COW-ed slot before the vma is unlinked from the family, under a lock that the walk does not hold yet.
  test('an exit of its mm waits for it too late', () => {
    expect(explored({ threads: ['A:rmap-walk', 'A:exit', 'B'] }).violated).toEqual(['no-empty-slot-deref']);
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    const cases = [alone, nothing, beside, emptied, oneLock];
    const hole: Case = { threads: ['A:rmap-walk', 'A:rmap-break'], initial: 'private' };
    const exits: Case = { threads: ['A:rmap-walk', 'A:exit', 'B'] };
    expect(neverTaken('rmap-walk', [...cases, writers, hole, exits])).toEqual([]);
    for (const given of [...cases, hole]) {
      const { compiled, xstate } = edgesOf(systemOf(given), false, 500);
      expect(compiled).toEqual(xstate);
    }
  });
});
