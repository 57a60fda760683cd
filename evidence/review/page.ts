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
  const count = (verdict: string): number => verdicts.filter((v) => v === verdict).length;
  const parts = ['violated', 'holds only if', 'not decided', 'holds'].map((v) => {
    const word = v === 'holds only if' ? 'hold under a condition' : v === 'holds' ? 'hold' : v;
    return `${count(v)} ${word}`;
  });
  return `${comments.length} comments, ${verdicts.length} claims: ${parts.join(', ')}`;
}
