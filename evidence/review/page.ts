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

/** What a trace is called. */
export const traceName = ({ scenario, property }: { scenario: string; property: string }): string =>
  `${property} in "${scenario}"`;

/** The verdicts, those that need attention first. */
export const reviewVerdicts = ['violated', 'holds only if', 'not decided', 'holds'] as const;

/** How many claims have a verdict. */
export const given = ({ comments }: ReviewPage, verdict: string): number =>
  comments.flatMap((c) => c.claims).filter((claim) => claim.verdict === verdict).length;

/** What stands in front of the verdict of a comment that asks. */
export const asked = (comment: ReviewedComment): string =>
  comment.question ? 'Claim (the author asks)' : 'Claim';

/** How often each verdict was given, in the order of weight. */
export function tally(page: ReviewPage): string {
  const claims = page.comments.reduce((n, c) => n + c.claims.length, 0);
  const parts = reviewVerdicts.map((v) => {
    const word = v === 'holds only if' ? 'hold under a condition' : v === 'holds' ? 'hold' : v;
    return `${given(page, v)} ${word}`;
  });
  return `${count(page.comments.length, 'comment')}, ${count(claims, 'claim')}: ${parts.join(', ')}`;
}

/** What the model has of the text, in sentences, each with what it counts. */
export function statementParts({ modelled, irrelevant, drift }: ReviewedStatements): readonly {
  readonly says: string;
  readonly list: readonly string[];
}[] {
  const rest = irrelevant.reduce((n, part) => n + part.count, 0);
  return [
    {
      says: `Of ${modelled + rest} known statements ${modelled} are steps of the model; ${rest} need none:`,
      list: irrelevant.map((part) => `${part.count}: ${part.because}`),
    },
    {
      says:
        drift.length === 0
          ? 'The text is the one that the model was made from: no statement is new, gone, moved or changed.'
          : `The text is not the one that the model was made from (${count(drift.length, 'difference')}):`,
      list: drift,
    },
  ];
}

/** The same as lines, those of a list with a dash. */
export const statementText = (statements: ReviewedStatements): readonly string[] =>
  statementParts(statements).flatMap(({ says, list }) => [says, ...list.map((line) => `- ${line}`)]);
