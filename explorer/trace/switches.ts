import type { Move } from '../outcome.ts';

/** How often a run hands over from one thread to another. */
export const switchesOf = (moves: readonly Move[]): number =>
  moves.filter(({ thread }, n) => n > 0 && thread !== moves[n - 1]!.thread).length;
