/** Why a search ended before it had seen everything; null if it did not. */
export type Reason =
  | null
  | 'max-states'
  | 'max-depth'
  | 'max-switches'
  | 'memory'
  | 'timeout'
  | 'first'
  | 'interrupted'
  | 'fingerprints'
  | 'sampled';

export type Verdict = 'holds' | 'violated' | 'unknown';

/** One taken event: which thread, which event. A sequence of them from the initial state is a run. */
export interface Move {
  readonly thread: number;
  readonly event: string;
}

/** A run that breaks a check with its last move (or, for a deadlock or an initial state, after it). */
export interface Run {
  readonly moves: readonly Move[];
  /** How often the run hands over from one thread to another. */
  readonly switches: number;
  /**
   * No shorter run breaks the check, and no run of this length does so with fewer switches. In a search by switches: no run
   * with fewer switches breaks it, and no run with as few does so in fewer steps.
   */
  readonly shortest: boolean;
  /** The run goes round for ever: after its last move it is again where it was after this many moves. */
  readonly lasso?: number;
}

export interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
  readonly exercised: boolean;
  /** The violating run; null unless the verdict is violated. */
  readonly run: Run | null;
  /** Of the search that judged it, where that was not the one of all the others. */
  readonly figures?: Figures;
}

/** What one search did. */
export interface Figures {
  readonly states: number;
  readonly transitions: number;
  /** Steps from the initial state to the farthest state visited; under fusion a chain of forced steps counts as one. */
  readonly depth: number;
  readonly exhaustive: boolean;
  readonly reason: Reason;
  readonly reductions: readonly string[];
  /** Of a search by switches: all runs with at most that many were seen; -1 for none. Of others: null. */
  readonly switches: number | null;
  /** Of a search by fingerprints: at most how likely it is that any two states were taken for one. Of others: null. */
  readonly collisions: number | null;
  /** Of random walks: what they covered; the states of the search are then an estimate. Of others: null. */
  readonly sample: Sample | null;
}

/** What random walks covered. */
export interface Sample {
  /** Walks taken, and those of them that came to an end instead of the bound on their length. */
  readonly walks: number;
  readonly ended: number;
  readonly seed: number;
  readonly steps: number;
  /** Branches taken, of all that the threads have. */
  readonly taken: number;
  readonly branches: number;
}

/** By what a search advances: the length of runs, their switches, or walks. */
export type CourseBy = 'depth' | 'switches' | 'walks';

/** How a search that was cut had come along: whether it was still finding something new. */
export interface Course {
  readonly by: CourseBy;
  /** Branches and checks that there are. */
  readonly branches: number;
  readonly checks: number;
  readonly points: readonly CoursePoint[];
}

export interface CoursePoint {
  /** The depth, switches or walks so far. */
  readonly at: number;
  /** States until then, and those that are new since the point before. */
  readonly states: number;
  readonly new: number;
  /** Branches taken, checks exercised, checks violated until then. */
  readonly branches: number;
  readonly exercised: number;
  readonly violated: number;
}

/** How often each branch of each place was taken, by thread number, place, event, and number of the branch. */
export interface BranchCount {
  readonly thread: number;
  readonly place: string;
  readonly event: string;
  readonly branch: number;
  readonly taken: boolean;
}

/**
 * What a search found; the figures are the sum over the searches that judged. One that was given up to begin anew with `reach` adds its
 * seconds alone. Deterministic but for `seconds` and, where time, memory or an interrupt ended it, the counts.
 */
export interface Outcome extends Figures {
  readonly findings: readonly Finding[];
  readonly coverage: readonly BranchCount[];
  /** Null if the search was not cut. */
  readonly course: Course | null;
  /** Packed 32-bit words of a state, and bytes the store used per state at the end. */
  readonly words: number;
  readonly bytesPerState: number;
  readonly seconds: number;
}
