import type { JudgedClaim, NeededRule } from '../../checking/claims.ts';
import type { PropertyResult } from '../../checking/result.ts';
import type { ReviewedClaim, ReviewedComment } from '../../evidence/review/page.ts';
import { count } from '../../evidence/verdicts.ts';
import { asks, digestOf } from '../../review/claims/digest.ts';
import type { Irrelevant } from '../../review/claims/index.ts';

/** A comment as it stands in a file. */
export interface Comment {
  /** file:line in the patched file, and the line in the mail, if it came by mail. */
  readonly at: string;
  readonly mailLine: number | null;
  /** The comment alone, and the lines that it stands on, as a diff has them. */
  readonly text: string;
  readonly lines: readonly string[];
}

const UNJUDGED = 'Nobody has judged this comment: it is not one of version 5, or it was changed since.';

/** Every comment of a patch with what became of its claims. */
export function reviewedComments(
  comments: readonly Comment[],
  judged: readonly JudgedClaim[],
  irrelevant: readonly Irrelevant[],
): readonly ReviewedComment[] {
  return comments.map(({ at, mailLine, text, lines }) => {
    const digest = digestOf(text);
    const claims = judged.filter((j) => j.claim.comment === digest);
    const nothing = irrelevant.find((i) => i.comment === digest)?.because ?? UNJUDGED;
    return {
      at,
      mailLine,
      quote: lines,
      question: asks(text),
      claims: claims.map(claimText),
      nothing: claims.length > 0 ? null : nothing,
    };
  });
}

/** The comments of version 5 where no patch is at hand: their places, and nothing of their words. */
export function commentsFromMemory(judged: readonly JudgedClaim[]): readonly ReviewedComment[] {
  const places = [...new Set(judged.map((j) => j.claim.at))].sort(byPlace);
  return places.map((at) => {
    const claims = judged.filter((j) => j.claim.at === at);
    return {
      at,
      mailLine: null,
      quote: null,
      question: claims.some((j) => j.claim.answer !== undefined),
      claims: claims.map(claimText),
      nothing: null,
    };
  });
}

/** By file, then by line as a number. */
function byPlace(a: string, b: string): number {
  const [[fileA, lineA], [fileB, lineB]] = [a.split(':'), b.split(':')] as [
    [string, string],
    [string, string],
  ];
  return fileA === fileB ? Number(lineA) - Number(lineB) : fileA < fileB ? -1 : 1;
}

/** What a trace is called: the file that `cowpte check --traces` would write it to. */
export const traceName = ({ scenario, property }: PropertyResult): string => `${property} in "${scenario}"`;

function claimText(judged: JudgedClaim): ReviewedClaim {
  const { claim, verdict, shown, answer } = judged;
  return {
    id: claim.id,
    says: claim.says,
    verdict,
    because: reasons(judged),
    trace: shown && traceName(shown),
    answer,
  };
}

function reasons({ claim, verdict, results, rules, why, proposal }: JudgedClaim): string[] {
  const told = why === null ? searched(results) : [why.endsWith('.') ? why : `It is open: ${why}.`];
  const open = claim.open !== undefined && claim.open !== why ? [`Not looked at: ${claim.open}`] : [];
  const tried = proposal
    ? [`Tried, as \`${proposal.protocol}\` in the same scenarios: ${verdicts(proposal.results)}.`]
    : [];
  return [...told, ...(verdict === 'violated' ? [] : rules.map(ruleText)), ...tried, ...open];
}

/** What the searches of a claim said, in at most two sentences. */
function searched(results: readonly PropertyResult[]): string[] {
  const violated = results.filter((r) => r.verdict === 'violated');
  const broken = unique(violated.map((r) => r.property));
  const kept = unique(results.map((r) => r.property)).filter((p) => !broken.includes(p));
  const scenarios = unique(results.map((r) => r.scenario)).length;
  const most = Math.max(...results.map((r) => r.states));
  const whole = `each searched whole, with at most ${count(most, 'state')}`;
  const sentences = broken.map((property) => {
    const where = violated.filter((r) => r.property === property);
    return `\`${property}\` is violated in ${where.length} of ${count(scenarios, 'scenario')}: ${where.map((r) => `"${r.scenario}"`).join(', ')}.`;
  });
  if (kept.length > 0) {
    const word = kept.length === 1 ? 'holds' : 'hold';
    sentences.push(`${names(kept)} ${word} in ${count(scenarios, 'scenario')}, ${whole}.`);
  }
  return sentences;
}

function ruleText({ onlyIf, violated }: NeededRule): string {
  const broken = names(unique(violated.map((r) => r.property)));
  return `Only if ${onlyIf}. Else ${broken} fails: "${violated[0]!.scenario}".`;
}

function verdicts(results: readonly PropertyResult[]): string {
  const of = (verdict: string): string[] =>
    unique(results.filter((r) => r.verdict === verdict).map((r) => r.property));
  const broken = of('violated');
  const kept = of('holds').filter((p) => !broken.includes(p));
  const parts = [
    ...(kept.length > 0 ? [`${names(kept)} ${kept.length === 1 ? 'holds' : 'hold'}`] : []),
    ...(broken.length > 0 ? [`${names(broken)} ${broken.length === 1 ? 'is' : 'are'} violated`] : []),
  ];
  return parts.join(', ');
}

const unique = (list: readonly string[]): string[] => [...new Set(list)];
const names = (list: readonly string[]): string => {
  const quoted = list.map((name) => `\`${name}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
};
