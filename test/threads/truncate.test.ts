import { describe, expect, test } from 'vitest';
import { expectSameEdges } from './agreement.ts';
import { type Case, explored } from './explored.ts';

const alone: Case = { threads: ['A:truncate', 'B'] };
const entry: Case = { threads: ['A:truncate entry=0', 'B'], config: { entries: 2 } };
const exits: Case = { threads: ['A:truncate', 'A:exit', 'B'] };
const child: Case = { threads: ['C:truncate', 'A:fork', '+C'], initial: 'private' };
const parent: Case = { threads: ['A:truncate', 'A:fork', '+C'], initial: 'private' };

describe('a truncation of the file that is mapped', () => {
  test('alone, and of one entry', () => {
    expect(explored(alone)).toEqual({ states: 28, violated: [] });
    expect(explored(entry)).toEqual({ states: 31, violated: ['no-lost-entry'] });
  });

  // It holds no mmap_lock, but a vma that its mm has unlinked from i_mmap it does not find.
  test('beside an exit and after it', () => {
    expect(explored(exits)).toEqual({ states: 862, violated: ['no-empty-slot-deref'] });
  });

  test('beside a discard, which holds no lock that it waits for', () => {
    expect(explored({ threads: ['A:truncate', 'A:madvise-dontneed', 'B'] })).toEqual({
      states: 810,
      violated: ['no-empty-slot-deref'],
    });
  });

  // The child's vma is in i_mmap before its tables are copied, and until the parent's W is cleared its slot has W=1 on
  // the table that both have: the zap takes it for private, and the parent loses its entries.
  test('of the child beside the fork', () => {
    expect(explored(child)).toEqual({
      states: 613,
      violated: ['shared-is-read-only', 'shared-never-modified', 'no-lost-entry', 'accounting'],
    });
  });

  test('of the parent beside the fork', () => {
    expect(explored(parent)).toEqual({
      states: 871,
      violated: [
        'refcount-matches',
        'no-table-leak',
        'shared-is-read-only',
        'shared-never-modified',
        'accounting',
      ],
    });
  });

  test('the engines agree on all edges', () => {
    expectSameEdges([alone, entry, exits, child, parent], 400);
  });
});
