import type { Edits } from '../../model/variants/protocol.ts';

/**
 * What a violation is worth: `corruption` has a run that harms data or the kernel; `false alarm` is a warning that fires while nothing
 * is wrong; `harmless` breaks a rule without a consequence in the scenarios of the suite.
 */
type FindingKind = 'corruption' | 'false alarm' | 'harmless';

/** The name of an edit of the corrected protocol. */
export type EditName = keyof Edits;

/** One root cause, and all the violations of the default suite that come from it. */
export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly kind: FindingKind;
  /** The protocol that shows it. */
  readonly protocol: 'v5' | 'v4';
  /** The violation whose trace is shown. */
  readonly shown: Violation;
  /** Every violation that this explains, the shown one among them. */
  readonly covers: readonly Covered[];
  /** The lines of the patched source that are to blame. */
  readonly lines: string;
  /** The edits of the corrected protocol without which the shown violation comes back; none for a finding about v4. */
  readonly edits: readonly EditName[];
  /** How it comes about and what follows, in short sentences. */
  readonly explanation: string;
  /** What the corrected protocol does instead. */
  readonly instead: string;
}

/** A property that does not hold in a scenario. */
export interface Violation {
  readonly scenario: string;
  readonly property: string;
}

/** Each of the properties is violated in each of the scenarios. */
interface Covered {
  readonly scenarios: readonly string[];
  readonly properties: readonly string[];
}

/** All violations that a finding explains, one by one. */
export const violationsOf = ({ covers }: Finding): readonly Violation[] =>
  covers.flatMap(({ scenarios, properties }) =>
    scenarios.flatMap((scenario) => properties.map((property) => ({ scenario, property }))),
  );
