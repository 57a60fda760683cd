import type { Counterexample } from './counterexample.ts';
import { draw, drawLanes, type Geometry } from './drawing.ts';

const blanks = (n: number): string => ' '.repeat(n);

/** Two lanes as lockdep draws them; three or four stand 16 columns apart. */
const geometry: Geometry = {
  width: 70,
  heading: (lane, lanes) => (lanes <= 2 ? 7 + 24 * lane : 2 + 16 * lane),
  body: (lane, lanes) => (lanes <= 2 ? 2 + 29 * lane : 2 + 16 * lane),
  markOutside: true,
  indent: blanks,
  gap: (from, to) => blanks(to - from),
};

/** The trace in the layout of lockdep's "Possible unsafe locking scenario": ASCII, at most 70 columns. */
export const lockdepColumns = (told: Counterexample): string => draw(told, geometry);

/** Only the lanes, down to a step: headings and rules, and the rows. */
export const lockdepLanes = (told: Counterexample, until: number): ReturnType<typeof drawLanes> =>
  drawLanes(told, geometry, until);
