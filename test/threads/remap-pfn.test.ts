import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored } from './explored.ts';
import { neverTakenOutsideTheBreak } from './outside-the-break.ts';

const alone: Case = { threads: ['A:remap-pfn', 'B'] };
const slots: Case = { ...alone, config: { slots: 2, allocFailures: 2 } };
const half: Case = {
  ...alone,
  initial: { slots: ['shared', 'none'] },
  config: { slots: 2, allocFailures: 1 },
};
const twice: Case = { threads: ['A:remap-pfn', 'A:remap-pfn'], initial: 'none' };

describe('a remapped range of page frames', () => {
  test('alone: breaks, then maps', () => {
    expect(explored(alone)).toEqual({ states: 42, violated: [] });
  });

  // The first slot that cannot be broken does not keep the second from being broken, but then nothing is mapped: -ENOMEM.
  test('two slots, of which either or none can be broken', () => {
    expect(explored(slots)).toEqual({ states: 297, violated: [] });
  });

  test('an empty slot needs no break, but a table', () => {
    expect(explored(half)).toEqual({ states: 117, violated: [] });
  });

  // mmap_lock for write keeps everybody of the mm away.
  test('beside a write fault of the mm, and of another', () => {
    expect(explored({ threads: ['A:remap-pfn', 'A:write-fault', 'B'] })).toEqual({
      states: 139,
      violated: [],
    });
    expect(explored({ threads: ['A:remap-pfn', 'B:write-fault'] })).toEqual({ states: 3393, violated: [] });
  });

  // BUG_ON(!pte_none()): the second dies with mmap_lock and the pte lock, for which nobody waits here.
  test('a range that is mapped already', () => {
    expect(explored(twice)).toEqual({ states: 49, violated: [] });
  });

  test('page frames are counted by nobody', () => {
    expect(explored({ threads: ['A:remap-pfn', 'A:exit', 'B:exit'] }).violated).toEqual([]);
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    const empty: Case = { ...alone, initial: 'none', config: { slots: 2, allocFailures: 1 } };
    const cases = [slots, half, twice, empty];
    expectSameEdges(cases, 400);
    // Under mmap_lock for write no slot is filled or emptied between two looks at it, and no entry of the second slot is taken
    // that the first one was not.
    expect(neverTakenOutsideTheBreak('remap-pfn', cases)).toEqual([
      'remap_0/lockptr STEP 0',
      'remap_0/recheck_none STEP 1',
      'remap_0/unlock_pmd STEP 0',
      'remap_0/insert_check_none STEP 0',
      'remap_0/free_unused STEP 0',
      'remap_1/lockptr STEP 0',
      'remap_1/recheck_none STEP 1',
      'remap_1/unlock_pmd STEP 0',
      'remap_1/insert_check_none STEP 0',
      'remap_1/insert_check_none STEP 2',
      'remap_1/free_unused STEP 0',
    ]);
  });
});
