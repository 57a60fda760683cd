import { describe, expect, test } from 'vitest';
import { explore } from '../../explorer/search/explore.ts';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored, systemOf } from './explored.ts';
import { neverTakenOutsideTheBreak } from './outside-the-break.ts';

const config = (allocFailures: number) => ({ slots: 2, allocFailures });
const alone: Case = { threads: ['A:break-range', 'B'], config: config(0) };
const failing: Case = { ...alone, config: config(4) };

/** Whether some branch of a place is taken. */
const taken = (given: Case, place: string): boolean =>
  explore(systemOf(given)).coverage.some((branch) => branch.place === place && branch.taken);

describe('the break of a range', () => {
  test('one slot after the other', () => {
    expect(explored(alone)).toEqual({ states: 65, violated: [] });
  });

  // A slot that fails is counted and the next one is broken; the number of failures is the error.
  test('a slot that fails does not end it', () => {
    expect(explored({ ...alone, config: config(2) })).toEqual({ states: 248, violated: [] });
    expect(taken({ ...alone, config: config(2) }, 'slot_1/install_new_table')).toBe(true);
  });

  // Two attempts for each slot, and the OOM killer after the second: four failures in all.
  test('each slot is tried twice', () => {
    expect(explored(failing)).toEqual({ states: 297, violated: [] });
    expect(taken({ ...alone, config: config(1) }, 'slot_0/out_of_memory')).toBe(false);
    expect(taken({ ...alone, config: config(2) }, 'slot_0/out_of_memory')).toBe(true);
  });

  // Version 4 neither waits nor tries again nor calls the OOM killer.
  test('version 4 tries once', () => {
    const v4: Case = { ...failing, protocol: 'v4' };
    expect(explore(systemOf(v4)).coverage.some((b) => b.place.includes('retry/'))).toBe(false);
  });

  test('beside the same in another mm, under the mmap_lock of each', () => {
    expect(explored({ threads: ['A:break-range', 'B:break-range'] }).violated).toEqual([]);
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    expectSameEdges([alone, failing], 400);
    expect(neverTakenOutsideTheBreak('break-range', [failing])).toEqual([]);
  });
});
