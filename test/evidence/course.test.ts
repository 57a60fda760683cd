import { expect, test } from 'vitest';
import { courseRows } from '../../evidence/course.ts';

const point = (at: number) => ({
  at,
  states: at * at * 100,
  new: 0,
  branches: 2 * at,
  exercised: at >> 1,
  violated: 0,
});
const course = (points: number) => ({
  by: 'depth' as const,
  branches: 71,
  checks: 31,
  points: Array.from({ length: points }, (_, n) => point(n)),
});

test('a few points of it, the last one among them', () => {
  expect(courseRows(course(32)).join('\n')).toMatchInlineSnapshot(`
    "at depth       5      10      15      21      26      31
    states     2,500  10,000  22,500  44,100  67,600  96,100
    branches      10      20      30      42      52      62  of 71
    exercised      2       5       7      10      13      15  of 31
    violated       0       0       0       0       0       0  of 31"
  `);
});

test('all points if they are few; a single one says nothing', () => {
  expect(courseRows(course(3))[0]).toBe('at depth   0    1    2');
  expect(courseRows(course(1))).toEqual([]);
});
