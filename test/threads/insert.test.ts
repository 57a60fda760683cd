import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored } from './explored.ts';
import { neverTakenOutsideTheBreak } from './outside-the-break.ts';

const seqcount = ['seqcount-one-writer', 'seqcount-odd-inside', 'seqcount-even-outside', 'seqcount-settles'];
const paths = [
  // A page of the driver is counted, a page frame is not: one step less, and nothing that a wrong zap could miscount.
  { run: 'insert-page', alone: 43, once: 89, twice: 95, empty: 361, miscounted: ['accounting'] },
  { run: 'insert-pfn', alone: 42, once: 87, twice: 93, empty: 329, miscounted: [] },
] as const;

describe.each(paths)('$run from a fault handler', ({ run, alone, once, twice, empty, miscounted }) => {
  const one: Case = { threads: [`A:${run}`, 'B'] };

  test('alone: breaks, then maps the page into the hole', () => {
    expect(explored(one)).toEqual({ states: alone, violated: [] });
  });

  // break_cow_pte() tries again at once; that works, or it is -ENOMEM, which the caller gets.
  test('a break without memory, once and twice', () => {
    expect(explored({ ...one, config: { allocFailures: 1 } })).toEqual({ states: once, violated: [] });
    expect(explored({ ...one, config: { allocFailures: 2 } })).toEqual({ states: twice, violated: [] });
  });

  test('two for the same hole of an empty slot: one table, one page', () => {
    const both: Case = { threads: [`A:${run}`, `A:${run}`], initial: 'none' };
    expect(explored(both)).toEqual({ states: empty, violated: [] });
  });

  test('beside the same in another mm', () => {
    expect(explored({ threads: [`A:${run}`, `B:${run}`] }).violated).toEqual([]);
  });

  // mmap_lock for read: two breaks of one mm.
  test('beside a write fault of the mm', () => {
    const { violated } = explored({ threads: [`A:${run}`, 'A:write-fault', 'B'] });
    expect(violated).toEqual(['right-lock-for-slot', ...seqcount]);
  });

  test('beside MADV_DONTNEED', () => {
    const { violated } = explored({ threads: [`A:${run}`, 'A:madvise-dontneed', 'B'] });
    expect(violated).toEqual([
      'no-foreign-write',
      'shared-never-modified',
      'no-use-after-free',
      'no-empty-slot-deref',
      ...miscounted,
    ]);
  });

  test('nothing is left after the exit of both mms', () => {
    expect(explored({ threads: [`A:${run}`, 'A:exit', 'B:exit'] }).violated).toEqual([]);
  });

  test('every branch is taken, and the engines agree on all edges', () => {
    const cases: Case[] = [
      { ...one, config: { allocFailures: 2 } },
      { threads: [`A:${run}`, `A:${run}`], initial: 'none', config: { allocFailures: 1 } },
      { threads: [`A:${run}`, 'A:madvise-dontneed', 'B'] },
    ];
    expectSameEdges(cases, 400);
    expect(neverTakenOutsideTheBreak(run, cases)).toEqual([]);
  });
});
