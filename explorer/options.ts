/** How a search is bounded and told. */
export interface Options {
  /** Most states to store. Default: no bound. */
  readonly maxStates: number;
  /** Most steps of a run. Default: no bound. */
  readonly maxDepth: number;
  /** Bytes that the store may use. Default: 70 % of the memory that the machine allows. */
  readonly memory: number;
  /** Milliseconds after which the search ends at the next batch. Default: no bound. */
  readonly timeout: number;
  /** `none` for exact counts of the system as written; `all` resets dead locals. Default: all. */
  readonly reduce: 'all' | 'none';
  /** End at the first level on which any check is violated. Default: false. */
  readonly first: boolean;
  /** Told now and then, about once a second. Default: nobody. */
  readonly progress: (progress: Progress) => void;
  /** Ends the search at the next batch when aborted. Default: never. */
  readonly signal: AbortSignal | null;
  /** Asked at each batch; true ends the search. For a flag that another thread of the program sets. Default: never. */
  readonly interrupted: () => boolean;
}

export interface Progress {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** States stored and not yet expanded. */
  readonly queue: number;
  readonly bytes: number;
  readonly seconds: number;
}
