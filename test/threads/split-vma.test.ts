import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored } from './explored.ts';
import { neverTakenOutsideTheBreak } from './outside-the-break.ts';

const alone: Case = { threads: ['A:split-vma', 'B'] };
const failing: Case = { ...alone, config: { allocFailures: 2 } };

describe('a split of the vma', () => {
  test('alone: breaks, then cuts', () => {
    expect(explored(alone)).toEqual({ states: 36, violated: [] });
  });

  test('a break that fails twice is an error, as is a vma that cannot be allocated', () => {
    expect(explored(failing)).toEqual({ states: 85, violated: [] });
  });

  test('beside a write fault of the mm', () => {
    expect(explored({ threads: ['A:split-vma', 'A:write-fault', 'B'] })).toEqual({
      states: 127,
      violated: [],
    });
  });

  // Without the split the zap of the exit would find the vma covering the whole slot.
  test('the exit finds two vmas', () => {
    expect(explored({ threads: ['A:split-vma', 'A:exit', 'B'] })).toEqual({ states: 69, violated: [] });
  });

  // Truncate takes no mmap_lock: it empties the slot between two reads of the break.
  test('beside a truncation', () => {
    expect(explored({ threads: ['A:split-vma', 'A:truncate', 'B'] }).violated).toEqual([
      'no-empty-slot-deref',
    ]);
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    expectSameEdges([alone, failing], 400);
    expect(neverTakenOutsideTheBreak('split-vma', [failing])).toEqual([]);
  });
});
