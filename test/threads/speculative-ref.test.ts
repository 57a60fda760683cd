import { describe, expect, test } from 'vitest';
import { edgesOf } from '../explorer/edges.ts';
import { type Case, explored, neverTaken, systemOf } from './explored.ts';

const alone: Case = { threads: ['A:speculative-ref', 'B'] };
const breakers: Case = { threads: ['A:speculative-ref', 'A:break-only', 'B:break-only'] };
const exits: Case = { threads: ['A:speculative-ref', 'A:exit', 'B:exit'] };

describe('a stranger with a reference for a moment', () => {
  test('alone: looking, about to get, holding, ended', () => {
    expect(explored(alone)).toEqual({ states: 4, violated: [] });
    expect(explored({ ...alone, initial: 'none' })).toEqual({ states: 2, violated: [] });
  });

  // Its reference is not a slot: nothing that counts sharers may call that wrong.
  test('beside one breaker of two sharers nothing is wrong', () => {
    expect(explored({ threads: ['A:speculative-ref', 'A:break-only', 'B'] })).toEqual({
      states: 150,
      violated: [],
    });
  });

  // The last sharer reads a count of 2 and copies. If the stranger is gone by then, the put is refused and the table leaks; if
  // not, the put succeeds, and the stranger frees the table under the lock that the breaker holds in it.
  test('beside two breakers the last sharer does not know that it is the last', () => {
    expect(explored(breakers)).toEqual({
      states: 6156,
      violated: ['refcount-matches', 'no-table-leak', 'put-never-last', 'lifecycle', 'no-use-after-free'],
    });
  });

  // The last exit reads a count of 2, leaves its entries, and its put succeeds: the table is the stranger's to free.
  test('beside two exits it frees the table in their place', () => {
    expect(explored(exits).violated).toEqual(['refcount-matches', 'lifecycle', 'no-use-after-free']);
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    expect(neverTaken('speculative-ref', [alone, breakers, exits])).toEqual([]);
    for (const given of [alone, breakers]) {
      const { compiled, xstate } = edgesOf(systemOf(given), false, 700);
      expect(compiled).toEqual(xstate);
    }
  });
});
