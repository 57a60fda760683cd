/** How far a search by levels had come when it was to visit a level: all that it goes on from, but for the states. */
export interface Position {
  /** Number of the first state of each level; the last is to be visited. */
  readonly levels: readonly number[];
  readonly states: number;
  readonly transitions: number;
  /** By check: the length of the shortest run known to violate it, and the state before its last step; -1 for none. */
  readonly lengths: readonly number[];
  readonly witnesses: readonly number[];
  /** A digit for each branch, 1 if it was taken. */
  readonly coverage: string;
  readonly course: readonly SavedNote[];
  /** That the search had taken. */
  readonly seconds: number;
}

/** A note on the course of a search. */
export interface SavedNote {
  readonly at: number;
  readonly states: number;
  readonly coverage: string;
  readonly violated: readonly number[];
}

/** Branches taken, as text and back. */
export const coverageText = (coverage: Uint8Array): string => coverage.join('');
export const coverageFrom = (text: string): Uint8Array => Uint8Array.from(text, Number);
