import { expect, test } from 'vitest';
import { explore } from '../../explorer/search/explore.ts';
import { exploreWithXState } from '../../explorer/xstate/explore.ts';
import { increment } from '../classics/increment.ts';
import { mcsLock } from '../classics/mcs-lock.ts';

test('by depth: one point a level, up to where it was cut', () => {
  const cut = explore(increment(2), { reduce: 'none', maxDepth: 3 });
  expect(cut.course).toMatchObject({ by: 'depth', checks: 1 });
  expect(cut.course!.points).toEqual([
    { at: 0, states: 1, new: 1, branches: 0, exercised: 1, violated: 0 },
    { at: 1, states: 3, new: 2, branches: 2, exercised: 1, violated: 0 },
    { at: 2, states: 6, new: 3, branches: 4, exercised: 1, violated: 0 },
    { at: 3, states: 10, new: 4, branches: 4, exercised: 1, violated: 0 },
  ]);
  expect(exploreWithXState(increment(2), { reduce: 'none', maxDepth: 3 }).course).toEqual(cut.course);
});

test('its last point is what the search says, with and without reductions', () => {
  for (const options of [
    { maxStates: 40 },
    { maxStates: 300, reduce: 'none' as const },
    { maxSwitches: 2 },
    { sample: 20 },
  ]) {
    const { course, states, coverage } = explore(mcsLock(3), options);
    const last = course!.points.at(-1)!;
    const taken = coverage.filter((branch) => branch.taken).length;
    expect([last.states, last.branches]).toEqual([states, taken]);
    expect(course!.points.reduce((sum, point) => sum + point.new, 0)).toBe(states);
  }
});

test('by switches: one point a round; by walks: one at each doubling', () => {
  const at = (options: object) => explore(mcsLock(3), options).course!.points.map((point) => point.at);
  expect(at({ maxSwitches: 3 })).toEqual([0, 1, 2, 3]);
  expect(at({ sample: 20, maxDepth: 50 })).toEqual([1, 2, 4, 8, 16, 20]);
});

test('a search that was not cut has none', () => {
  expect(explore(increment(2)).course).toBe(null);
});
