/** What the builder leaves in the page for its script, as JSON. Strings that come again and again are numbered. */
export interface PageData {
  readonly strings: readonly string[];
  readonly places: readonly PackedPlace[];
  readonly traces: readonly PackedTrace[];
  readonly sources: readonly PackedSource[];
  readonly graphs: readonly PackedGraph[];
}

/** Numbers of strings: name of the step, what it says, function, file, where the line numbers come from; then the line. */
export type PackedPlace = readonly [
  step: number,
  says: number,
  of: number,
  file: number,
  source: number,
  line: number,
];

export interface PackedTrace {
  /** Names the trace in the address. */
  readonly id: string;
  readonly property: string;
  readonly scenario: string;
  readonly claim: string;
  readonly switches: number;
  readonly shortest: boolean;
  /** After its last step the run is where it was after this many steps; null if it ends. */
  readonly loop: number | null;
  readonly violation: { readonly step: number; readonly needed: string; readonly found: string } | null;
  /** CPU0 first: those with a part in the violation, in the order in which the text has them, then the others. */
  readonly threads: readonly { readonly id: string; readonly run: string; readonly part: boolean }[];
  /** The values before the first step, as pairs of location and value. */
  readonly initial: readonly number[];
  readonly steps: readonly PackedStep[];
}

/**
 * Number of the CPU and of the place, 1 if the step has a part in the violation; then locations read, written, acquired, released;
 * pairs of a location and its new value; pairs of a local and its new value. Empty lists at the end are left out.
 */
export type PackedStep = readonly (number | readonly number[])[];

/** Runs of lines that follow one another: number of the first, then the lines. */
export interface PackedSource {
  readonly source: string;
  readonly file: string;
  readonly runs: readonly (readonly [first: number, lines: readonly string[]])[];
}

/**
 * A graph that is drawn in the browser. Of each node its number among those of its depth, how many these are, the depth, the number of
 * its kind and the numbers of its labels; of each edge the numbers of two nodes.
 */
export interface PackedGraph {
  readonly id: string;
  readonly labels: readonly string[];
  readonly nodes: readonly (readonly number[])[];
  readonly edges: readonly (readonly [source: number, target: number])[];
}
