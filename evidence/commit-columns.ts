import type { Counterexample } from './counterexample.ts';
import { draw, type Geometry } from './drawing.ts';

const tab = 8;

/** Two lanes at columns 8 and 40, as commit messages draw them; three or four stand 16 columns apart. */
const lanesAt = (lane: number, lanes: number): number => tab + (lanes <= 2 ? 32 : 16) * lane;

const withTabs: Geometry = {
  width: 75,
  heading: lanesAt,
  body: lanesAt,
  markOutside: false,
  indent: (column) => '\t'.repeat(column / tab),
  // A tab ends at the next multiple of eight.
  gap: (from, to) => '\t'.repeat(Math.ceil(to / tab) - Math.floor(from / tab)),
};

const withBlanks: Geometry = {
  ...withTabs,
  indent: (column) => ' '.repeat(column),
  gap: (from, to) => ' '.repeat(to - from),
};

/** The trace in the layout of commit messages: ASCII, at most 75 columns; `blanks` instead of tabs for quoting in mail. */
export const commitColumns = (told: Counterexample, blanks = false): string =>
  draw(told, blanks ? withBlanks : withTabs);
