import { count } from '../verdicts.ts';

/** A review of the comments of a patch, ready to be printed. */
export interface ReviewPage {
  /** What was reviewed: the subject of the mail, or the name of the protocol. */
  readonly title: string;
  /** How the verdicts came about: which protocol was searched, in how many scenarios. */
  readonly basis: string;
  /** In the order of the patch. */
  readonly comments: readonly ReviewedComment[];
  /** Comments that are judged here and are not in the patch any more. */
  readonly gone: readonly { readonly at: string; readonly says: string }[];
  /** How the text relates to the model; null without a text. */
  readonly statements: ReviewedStatements | null;
  /** Traces by name, drawn; each is shown once, where it is first named. */
  readonly traces: ReadonlyMap<string, string>;
}

/** A comment of the patch. */
export interface ReviewedComment {
  /** file:line in the patched file. */
  readonly at: string;
  /** Line in the mail; null without a mail. */
  readonly mailLine: number | null;
  /** The lines of the comment as they stand in the file that was given; null where none was. */
  readonly quote: readonly string[] | null;
  readonly question: boolean;
  /** Empty if nothing is claimed: then `nothing` says why, or that nobody has judged it. */
  readonly claims: readonly ReviewedClaim[];
  readonly nothing: string | null;
}

/** What became of the statements that the patch adds. */
export interface ReviewedStatements {
  /** How many have steps of their own in the model. */
  readonly modelled: number;
  /** How many need none, by the reason. */
  readonly irrelevant: readonly { readonly because: string; readonly count: number }[];
  /** Where the text is not the one that the model was made from, a sentence each. */
  readonly drift: readonly string[];
}

export interface ReviewedClaim {
  readonly id: string;
  readonly says: string;
  /** `holds`, `violated`, `holds only if`, `not decided`. */
  readonly verdict: string;
  /** Sentences: what was searched, what was violated where, on what it depends. */
  readonly because: readonly string[];
  /** The name of the trace that shows it; null if it is not violated. */
  readonly trace: string | null;
  readonly answer: string | null;
}

/** What stands in front of the verdict of a comment that asks. */
export const asked = (comment: ReviewedComment): string =>
  comment.question ? 'Claim (the author asks)' : 'Claim';

/** How often each verdict was given, in the order of weight. */
export function tally({ comments }: ReviewPage): string {
  const verdicts = comments.flatMap((c) => c.claims.map((claim) => claim.verdict));
  const given = (verdict: string): number => verdicts.filter((v) => v === verdict).length;
  const parts = ['violated', 'holds only if', 'not decided', 'holds'].map((v) => {
    const word = v === 'holds only if' ? 'hold under a condition' : v === 'holds' ? 'hold' : v;
    return `${given(v)} ${word}`;
  });
  return `${count(comments.length, 'comment')}, ${count(verdicts.length, 'claim')}: ${parts.join(', ')}`;
}

/** What the model has of the text, in sentences. */
export function statementText({ modelled, irrelevant, drift }: ReviewedStatements): readonly string[] {
  const rest = irrelevant.reduce((n, part) => n + part.count, 0);
  return [
    `Of ${modelled + rest} known statements ${modelled} are steps of the model; ${rest} need none:`,
    ...irrelevant.map((part) => `- ${part.count}: ${part.because}`),
    drift.length === 0
      ? 'The text is the one that the model was made from: no statement is new, gone, moved or changed.'
      : `The text is not the one that the model was made from (${count(drift.length, 'difference')}):`,
    ...drift.map((d) => `- ${d}`),
  ];
}
