/** What a claim is about. */
type Subject =
  | 'accounting'
  | 'allocation'
  | 'entries'
  | 'errors'
  | 'flush'
  | 'lifetime'
  | 'locks'
  | 'notifier'
  | 'order'
  | 'refcount';

/** Properties, each to be judged in each of the scenarios of the default suite. */
export interface Searches {
  readonly properties: readonly string[];
  readonly scenarios: readonly string[];
}

/** Something that a comment takes for granted without saying so: where it is not given, the claim does not hold. */
export interface Rule {
  /** Completes the sentence "holds only if ...". */
  readonly onlyIf: string;
  /** What is violated where the rule does not apply. */
  readonly without: Searches;
}

/** The answer to a question that the author asks, by what the searches of the claim say. */
interface Answer {
  readonly holds: string;
  readonly violated: string;
  /** A protocol that does what the question proposes, and what is judged in it. */
  readonly proposal?: { readonly protocol: string; readonly searches: Searches };
}

/**
 * What a comment promises, and which searches decide it. A comment is known by a digest of its words: the words are their
 * author's and do not stand here, and a comment that was changed is one that nobody has judged.
 */
export interface Claim {
  readonly id: string;
  /** Digest of the comment (see digest.ts). */
  readonly comment: string;
  /** Where the comment begins in version 5, file:line of the patched file. A patch that is given has the last word. */
  readonly at: string;
  readonly subject: Subject;
  /** The promise in one sentence, in our words. */
  readonly says: string;
  /** All of these have to hold. Empty: no search of this model decides the claim. */
  readonly searches: readonly Searches[];
  /** Judged apart: each names what the claim depends on. */
  readonly rules?: readonly Rule[];
  /** What the searches do not tell, and why. Required where there are none. */
  readonly open?: string;
  /** A text by itself where no search decides. */
  readonly answer?: Answer | string;
}

/** A comment that promises nothing about locks, lifetime, order, flushes, counts, allocation or notifiers. */
export interface Irrelevant {
  readonly comment: string;
  readonly because: string;
}
