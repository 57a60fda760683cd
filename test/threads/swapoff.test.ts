import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored } from './explored.ts';
import { neverTakenOutsideTheBreak } from './outside-the-break.ts';

const seqcount = ['seqcount-one-writer', 'seqcount-odd-inside', 'seqcount-even-outside', 'seqcount-settles'];
const alone: Case = { threads: ['A:swapoff', 'B'] };
const failing: Case = { ...alone, config: { allocFailures: 2 } };
const privately: Case = {
  threads: ['A:swapoff', 'A:swapoff'],
  initial: 'private',
  config: { allocFailures: 1 },
};
const exits: Case = { threads: ['A:swapoff', 'A:exit', 'B'] };
const besideZap: Case = { threads: ['A:swapoff', 'A:madvise-dontneed', 'B'] };
const half: Case = { ...alone, initial: { slots: ['none', 'shared'] }, config: { slots: 2 } };

describe('swapoff', () => {
  test('alone: breaks, then replaces the swap entry', () => {
    expect(explored(alone)).toEqual({ states: 57, violated: [] });
  });

  // -ENOMEM from the break as from the page: nothing is stored.
  test('without memory', () => {
    expect(explored(failing)).toEqual({ states: 130, violated: [] });
  });

  test('an empty slot is passed over', () => {
    expect(explored(half)).toEqual({ states: 58, violated: [] });
  });

  // It is no task of the mm, but once it has begun the exit waits for it; before, it finds no mm.
  test('beside the exit of the mm', () => {
    expect(explored(exits)).toEqual({ states: 154, violated: [] });
    expect(explored({ threads: ['A:swapoff', 'A:exit', 'B:exit'] }).violated).toEqual([]);
  });

  test('in both mms, of which each has its own reference on the swap entry', () => {
    expect(explored({ threads: ['A:swapoff', 'B:swapoff'] }).violated).toEqual([]);
  });

  test('two of them at one entry: the page lock, then the second look', () => {
    expect(explored(privately)).toEqual({ states: 776, violated: [] });
  });

  // mmap_lock for read: it breaks beside the break of the fault.
  test('beside a swap fault of the mm', () => {
    expect(explored({ threads: ['A:swapoff', 'A:swap-fault', 'B'] }).violated).toEqual([
      'warn-shared-writable',
      'right-lock-for-slot',
      ...seqcount,
    ]);
  });

  test('beside MADV_DONTNEED', () => {
    expect(explored(besideZap).violated).toEqual([
      'no-foreign-write',
      'shared-never-modified',
      'no-use-after-free',
      'no-empty-slot-deref',
      'accounting',
    ]);
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    const cases = [failing, privately, exits, besideZap, half];
    expectSameEdges(cases, 300);
    // The code of one entry is that of each: what is never taken in any of them.
    const entry = /^slot_\d\/(?:entry_\d\/)?/;
    const names = neverTakenOutsideTheBreak('swapoff', cases);
    const places = (name: string): number => names.filter((n) => n.replace(entry, '') === name).length;
    const everywhere = [...new Set(names.map((n) => n.replace(entry, '')))].filter((n) => places(n) >= 4);
    expect(everywhere).toEqual([]);
  });
});
