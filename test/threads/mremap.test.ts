import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored, neverTaken } from './explored.ts';

const whole = 'A:mremap to=1';
const entry = 'A:mremap to=1 entry=0';
const intoNone = { initial: { slots: ['shared', 'none'] }, config: { slots: 2 } };
const intoNeighbour = { initial: { slots: ['shared', 'shared'] }, config: { slots: 2 } };
const withConfig = (given: Case, config: object): Case => ({
  ...given,
  config: { ...given.config, ...config },
});

const seqcount = ['seqcount-one-writer', 'seqcount-odd-inside', 'seqcount-even-outside', 'seqcount-settles'];
const moved: Case = { threads: [whole, 'B'], ...intoNone };
const oneEntry: Case = { threads: [entry, 'B'], ...intoNone };
const neighbour: Case = { threads: [entry, 'B'], ...intoNeighbour };

describe('mremap of a slot', () => {
  // Between the clearing of the old slot and the store of the new one the table is on no slot, and counts as on one.
  test('breaks it and moves the table', () => {
    expect(explored(moved)).toEqual({ states: 56, violated: [] });
    expect(explored(withConfig(moved, { splitPtlocks: false })).violated).toEqual([]);
  });

  test('of nothing moves nothing', () => {
    expect(explored({ ...moved, initial: 'none' }).violated).toEqual([]);
  });

  // The result of the break is dropped: the shared table goes to the new slot with W=1, and success is returned.
  test('a break that fails twice', () => {
    expect(explored(withConfig(moved, { allocFailures: 2 }))).toEqual({
      states: 137,
      violated: ['shared-is-read-only', 'failure-reported'],
    });
  });

  // The new slot is not empty: entry by entry into a table that others share, which the patch does not break.
  test('into a slot with a shared table', () => {
    expect(explored({ threads: [whole, 'B'], ...intoNeighbour })).toEqual({
      states: 75,
      violated: ['shared-never-modified', 'accounting'],
    });
  });

  // A walker takes no mmap_lock: two breaks of one mm.
  test('beside a reverse-map break of the mm', () => {
    const given = { threads: [whole, 'A:rmap-break', 'B'], ...intoNone };
    expect(explored(given).violated).toEqual(['right-lock-for-slot', ...seqcount]);
  });

  // It empties the old slot after the break has found it COW-ed, or before move_normal_pmd() reads it.
  test('beside a truncation', () => {
    expect(explored({ threads: [whole, 'A:truncate', 'B'], ...intoNone }).violated).toEqual([
      'no-empty-slot-deref',
    ]);
  });

  test('a processor reads at the old address until the flush, and at the new one from the store on', () => {
    const readers = ['A:cpu', 'A:gup-fast', 'A:gup-slow'];
    for (const reader of readers)
      for (const slot of [0, 1]) {
        expect(explored({ threads: [whole, `${reader} slot=${slot}`, 'B'], ...intoNone }).violated).toEqual(
          [],
        );
        expect(explored({ threads: [entry, `${reader} slot=${slot}`, 'B'], ...intoNone }).violated).toEqual(
          [],
        );
      }
  });

  test('before a fork and before exits', () => {
    expect(explored({ threads: [whole, 'A:fork', 'B', '+C'], ...intoNone }).violated).toEqual([
      'shared-is-read-only',
    ]);
    expect(explored({ threads: [whole, 'A:exit', 'B:exit'], ...intoNone }).violated).toEqual([]);
    expect(explored({ threads: [entry, 'A:exit', 'B:exit'], ...intoNone }).violated).toEqual([]);
  });
});

describe('mremap of one entry', () => {
  test('into an empty slot allocates a table', () => {
    expect(explored(oneEntry)).toEqual({ states: 78, violated: [] });
  });

  // The neighbour's table is shared with B: B finds A's page there, without a reference of its own.
  test('into the shared table of a neighbour', () => {
    expect(explored(neighbour)).toEqual({
      states: 72,
      violated: ['shared-never-modified', 'accounting'],
    });
  });

  // The old table stays shared: B loses its entry.
  test('a break that fails twice', () => {
    expect(explored(withConfig(oneEntry, { allocFailures: 2 })).violated).toEqual([
      'shared-never-modified',
      'no-lost-entry',
      'failure-reported',
      'accounting',
    ]);
  });

  test('corrected, both slots are broken first, and a failure ends it', () => {
    for (const given of [moved, oneEntry, neighbour]) {
      expect(explored({ ...given, protocol: 'fixed' }).violated).toEqual([]);
      const failing = withConfig(given, { allocFailures: 2 });
      expect(explored({ ...failing, protocol: 'fixed' }).violated).toEqual([]);
    }
  });
});

describe('an mremap beside the machinery', () => {
  test('every branch is taken, and the engines agree on all edges', () => {
    const special = ['huge', 'devmap', 'swap'].map(
      (content): Case => ({ ...moved, initial: { slots: [content, 'none'] } }),
    );
    const cases: readonly Case[] = [
      moved,
      withConfig(moved, { splitPtlocks: false }),
      withConfig(moved, { allocFailures: 2 }),
      { ...moved, initial: 'none' },
      ...special,
      { ...moved, initial: { slots: ['huge', 'shared'] } },
      withConfig(oneEntry, { allocFailures: 2 }),
      withConfig(oneEntry, { entries: 2 }),
      neighbour,
      withConfig(neighbour, { splitPtlocks: false }),
      { threads: [whole, 'B'], ...intoNeighbour },
      { threads: [whole, 'A:swap-fault', 'B'], ...intoNeighbour },
      { threads: [whole, 'A:truncate', 'B'], ...intoNone },
      { threads: [whole, 'A:truncate', 'B'], ...intoNeighbour },
      { threads: [entry, 'A:truncate', 'B'], ...intoNone },
      withConfig({ threads: [entry, 'A:truncate', 'B'], ...intoNone }, { splitPtlocks: false }),
      { threads: [whole, 'A:munmap', 'B'], ...intoNone },
      // A hole at the end; an entry that is not present, alone.
      { threads: [whole, 'A:read-fault-anon', 'B'], ...intoNeighbour },
      {
        threads: [whole, 'A:madvise-dontneed entry=0', 'A:swap-fault'],
        initial: { slots: ['private', 'shared'] },
        config: { slots: 2 },
      },
    ];
    const alike = (place: string): string => place.replace(/(?:slot|entry)_\d+\//g, '');
    const others = /^(?:break|cut|zap|unlink|free|finish|piece|run_on)/;
    const never = neverTaken('mremap', cases, alike).filter((name) => !others.test(name));
    // mmap_lock is held, so nobody else fills the new slot; no vma covers it, so no truncation empties it; and two slots of one
    // mm never lead to one table.
    expect(never).toEqual([
      'recheck_none STEP 1',
      'unlock_pmd STEP 0',
      'entries/lockptr_new STEP 0',
      'entries/lockptr_new STEP 1',
      'entries/unlock_new STEP 0',
      'entries/store STEP 0',
    ]);
    expectSameEdges(cases, 120);
  });
});
