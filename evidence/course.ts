import type { Course, CoursePoint } from '../explorer/outcome.ts';

const columns = 6;
const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** A few points of the course of a search, the last one among them, so that one sees whether it was still finding something new. */
export function courseRows({ by, branches, checks, points }: Course): string[] {
  const shown = spread(points);
  if (shown.length < 2) return [];
  const row = (head: string, value: (point: CoursePoint) => number, of?: number): readonly string[] => [
    head,
    ...shown.map((point) => grouped(value(point))),
    of === undefined ? '' : `of ${of}`,
  ];
  const rows = [
    row(by === 'depth' ? 'at depth' : by, (p) => p.at),
    row('states', (p) => p.states),
    row('branches', (p) => p.branches, branches),
    row('exercised', (p) => p.exercised, checks),
    row('violated', (p) => p.violated, checks),
  ];
  const width = (column: number): number => Math.max(...rows.map((cells) => cells[column]!.length));
  return rows.map(([head, ...cells]) => {
    const of = cells.pop()!;
    const numbers = cells.map((cell, n) => cell.padStart(width(n + 1)));
    return [head!.padEnd(width(0)), ...numbers, of].join('  ').trimEnd();
  });
}

/** Up to so many points, at even distances, that end with the last. */
function spread(points: readonly CoursePoint[]): readonly CoursePoint[] {
  if (points.length <= columns) return points;
  return Array.from(
    { length: columns },
    (_, n) => points[Math.ceil(((n + 1) * points.length) / columns) - 1]!,
  );
}
