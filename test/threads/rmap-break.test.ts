import { describe, expect, test } from 'vitest';
import { edgesOf } from '../explorer/edges.ts';
import { type Case, explored, neverTaken, systemOf } from './explored.ts';

const seqcount = ['seqcount-one-writer', 'seqcount-odd-inside', 'seqcount-even-outside', 'seqcount-settles'];
const alone: Case = { threads: ['A:rmap-break', 'B'] };
const failing: Case = { ...alone, config: { allocFailures: 2 } };
const beside: Case = { threads: ['A:rmap-break', 'A:break-only', 'B'] };

describe('a reverse-map walk that breaks', () => {
  test('alone: the walk, the break of the shared table, the change of the entry', () => {
    expect(explored(alone)).toEqual({ states: 44, violated: [] });
  });

  // The first failure is tried again; the second ends the walk as "not mapped".
  test('a break that fails ends the walk, and nothing is stored', () => {
    expect(explored(failing)).toEqual({ states: 96, violated: [] });
  });

  // It holds no mmap_lock, but a fault holds it for read only: two breakers of one mm.
  test('beside another breaker of the mm', () => {
    expect(explored(beside)).toEqual({ states: 9615, violated: ['right-lock-for-slot', ...seqcount] });
  });

  test('beside a write fault of the mm', () => {
    expect(explored({ threads: ['A:rmap-break', 'A:write-fault', 'B'] }).violated).toEqual([
      'right-lock-for-slot',
      ...seqcount,
    ]);
  });

  test('beside a breaker of another mm', () => {
    expect(explored({ threads: ['A:rmap-break', 'B:break-only'] }).violated).toEqual([]);
  });

  // Its break goes on while zap has read the slot: zap then holds the lock of the old table over the entries of the new one,
  // takes back what it has just cleared for a moment, or has emptied the slot.
  test('an exit of its mm waits for it too late', () => {
    expect(explored({ threads: ['A:rmap-break', 'A:exit', 'B'] }).violated).toEqual([
      'no-foreign-write',
      'no-empty-slot-deref',
      'accounting',
    ]);
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    const emptied: Case = { ...beside, protocol: 'v5-clear-first' };
    for (const given of [alone, failing, beside, emptied]) {
      const { compiled, xstate } = edgesOf(systemOf(given), false, 700);
      expect(compiled).toEqual(xstate);
    }
    const own: Case = { threads: ['A:rmap-break', 'A:write-fault', 'B'] };
    const exits: Case = { threads: ['A:rmap-break', 'A:exit', 'B:exit'] };
    const hole: Case = { threads: ['A:rmap-break', 'A:rmap-break'], initial: 'private' };
    const cases = [alone, { ...alone, initial: 'none' }, failing, beside, emptied, own, hole, exits];
    const ofTheWalk = neverTaken('rmap-break', cases).filter((name) => /^(rmap|pvmw)/.test(name));
    expect(ofTheWalk).toEqual([]);
  });
});
