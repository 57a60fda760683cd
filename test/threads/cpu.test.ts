import { describe, expect, test } from 'vitest';
import { edgesOf } from '../explorer/edges.ts';
import { type Case, explored, neverTaken, systemOf } from './explored.ts';

const cases: readonly Case[] = [
  { threads: ['A:cpu', 'B'] },
  { threads: ['A:cpu', 'B'], initial: 'none' },
  { threads: ['A:cpu', 'A:break-only', 'B:break-only'] },
  { threads: ['A:cpu', 'A:write-fault', 'B:write-fault'] },
];

describe('a processor in user mode', () => {
  test('alone it has cached the slot, or not, or has ended', () => {
    expect(explored({ threads: ['A:cpu', 'B'] })).toEqual({ states: 3, violated: [] });
  });

  test('of an empty slot it caches nothing', () => {
    expect(explored({ threads: ['A:cpu', 'B'], initial: 'none' })).toEqual({ states: 2, violated: [] });
  });

  test('breaks alone store nothing that it could read', () => {
    expect(explored({ threads: ['A:cpu', 'A:break-only', 'B:break-only'] })).toEqual({
      states: 3379,
      violated: [],
    });
  });

  // A copies, puts and unlocks; B is the last sharer, takes the table back and writes there; A has not flushed yet.
  test('the flush after the unlock comes too late for it', () => {
    expect(explored({ threads: ['A:cpu', 'A:write-fault', 'B:write-fault'] }).violated).toEqual([
      'tlb-no-foreign-read',
      'reads-own-data',
    ]);
  });

  test('a flush under the lock does not', () => {
    const given = { protocol: 'v5-flush-in-lock', threads: ['A:cpu', 'A:write-fault', 'B:write-fault'] };
    expect(explored(given).violated).toEqual([]);
  });

  // One lock for all tables does not help: the flush still follows the unlock.
  test('nor does any lock', () => {
    const given = { protocol: 'v5-global-ptl', threads: ['A:cpu', 'A:write-fault', 'B:write-fault'] };
    expect(explored(given).violated).toContain('tlb-no-foreign-read');
  });

  // B frees the table while A has not flushed after it gave it up.
  test('it walks a table that the last sharer has freed', () => {
    const given = { threads: ['A:cpu', 'A:madvise-dontneed', 'B:exit'] };
    expect(explored(given).violated).toEqual(['tlb-no-freed-walk']);
    expect(explored({ ...given, protocol: 'v5-flush-in-lock' }).violated).toEqual([]);
  });

  // Zap finds that it is the last user, flushes and puts the pages, and only then empties the slot: meanwhile B has its page for
  // itself and writes to it in place.
  test('it reads a page that zap has given away before it emptied the slot', () => {
    const given = { protocol: 'v5-flush-in-lock', threads: ['A:cpu', 'A:madvise-dontneed', 'B:write-fault'] };
    expect(explored(given).violated).toEqual(['reads-own-data']);
  });

  test('what was discarded may be found until it was flushed, and no longer', () => {
    const given = { protocol: 'fixed', threads: ['A:cpu', 'A:madvise-dontneed', 'A:write-fault', 'B'] };
    expect(explored(given).violated).toEqual([]);
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    // Reading where nothing is mapped.
    const hole: Case = { threads: ['A:cpu', 'A:rmap-break'], initial: 'private' };
    expect(neverTaken('cpu', [...cases, hole])).toEqual([]);
    for (const given of [cases[0], cases[2], hole]) {
      const { compiled, xstate } = edgesOf(systemOf(given as Case), false, 400);
      expect(compiled).toEqual(xstate);
    }
  });
});
