import { expect, test } from 'vitest';
import { holdsOf } from '../../../evidence/report/holds.ts';

const step = (
  n: number,
  cpu: number,
  acquires: readonly string[],
  releases: readonly string[],
  after = 'A/0',
) => ({
  n,
  cpu,
  acquires,
  releases,
  changes: [...acquires, ...releases].map((location) => ({ location, after })),
});

test('a bar reaches from the acquire to the release, and to the end where there is none', () => {
  const steps = [
    step(1, 0, ['mmap_lock[A]'], [], '1'),
    step(2, 1, ['mmap_lock[A]'], [], '2'),
    step(3, 0, ['ptl[T0]'], []),
    step(4, 0, [], ['ptl[T0]']),
    step(5, 0, ['ptl[T1]'], []),
    step(6, 1, [], ['mmap_lock[A]'], '1'),
    step(7, 1, ['mmap_lock[A]'], [], '-1'),
  ];
  expect(holdsOf(steps)).toEqual([
    { lock: 'mmap_lock[A]', cpu: 0, from: 1, to: null, shared: true, track: 0 },
    { lock: 'mmap_lock[A]', cpu: 1, from: 2, to: 6, shared: true, track: 0 },
    { lock: 'ptl[T0]', cpu: 0, from: 3, to: 4, shared: false, track: 1 },
    { lock: 'ptl[T1]', cpu: 0, from: 5, to: null, shared: false, track: 1 },
    { lock: 'mmap_lock[A]', cpu: 1, from: 7, to: null, shared: false, track: 0 },
  ]);
});

test('a release of what is not held draws nothing', () => {
  expect(holdsOf([step(1, 0, [], ['ptl[T0]'])])).toEqual([]);
});
