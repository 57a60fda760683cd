import type { JudgedClaim, NeededRule } from '../../checking/claims.ts';
import type { PropertyResult } from '../../checking/result.ts';
import { type ReviewedClaim, type ReviewedComment, traceName } from '../../evidence/review/page.ts';
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

function reasons({ claim, verdict, results, missing, rules, why, proposal }: JudgedClaim): string[] {
  const told = why === null ? searched(results) : [why.endsWith('.') ? why : `It is open: ${why}.`];
  const open = claim.open !== undefined && claim.open !== why ? [`Not looked at: ${claim.open}`] : [];
  const rest = verdict === 'violated' && missing > 0 ? [`Not searched in this run: ${missing} more.`] : [];
  const tried = proposal ? [triedText(proposal)] : [];
  return [...told, ...rest, ...(verdict === 'violated' ? [] : rules.map(ruleText)), ...tried, ...open];
}

/** Properties by what all their searches together say: `holds` of what held in each, and was put to the test in one at least. */
function byOutcome(
  results: readonly PropertyResult[],
): Readonly<Record<'violated' | 'unknown' | 'idle' | 'holds', readonly string[]>> {
  const outcome = (property: string): 'violated' | 'unknown' | 'idle' | 'holds' => {
    const own = results.filter((r) => r.property === property);
    if (own.some((r) => r.verdict === 'violated')) return 'violated';
    if (own.some((r) => r.verdict === 'unknown')) return 'unknown';
    return own.some((r) => r.exercised) ? 'holds' : 'idle';
  };
  const all = unique(results.map((r) => r.property));
  const of = (wanted: string): string[] => all.filter((property) => outcome(property) === wanted);
  return { violated: of('violated'), unknown: of('unknown'), idle: of('idle'), holds: of('holds') };
}

/** What the searches of a claim said: a sentence for each property that is violated, then one for each kind of the others. */
function searched(results: readonly PropertyResult[]): string[] {
  const { violated, unknown, idle, holds } = byOutcome(results);
  const scenarios = unique(results.map((r) => r.scenario)).length;
  const sentences = violated.map((property) => {
    const where = results.filter((r) => r.property === property && r.verdict === 'violated');
    return `\`${property}\` is violated in ${where.length} of ${count(scenarios, 'scenario')}: ${where.map((r) => `"${r.scenario}"`).join(', ')}.`;
  });
  if (holds.length > 0) {
    const most = Math.max(...results.filter((r) => holds.includes(r.property)).map((r) => r.states));
    const whole = `each searched whole, with at most ${count(most, 'state')}`;
    sentences.push(`${names(holds)} ${hold(holds)} in ${count(scenarios, 'scenario')}, ${whole}.`);
  }
  if (idle.length > 0) sentences.push(`${names(idle)} ${hold(idle)} (not exercised).`);
  if (unknown.length > 0) sentences.push(`${names(unknown)} ${are(unknown)} unknown: a search was ended.`);
  return sentences;
}

function ruleText({ onlyIf, violated }: NeededRule): string {
  const broken = names(unique(violated.map((r) => r.property)));
  return `Only if ${onlyIf}. Else ${broken} fails: "${violated[0]!.scenario}".`;
}

/** What became of the change that the author asks for. */
function triedText({ protocol, results, missing }: NonNullable<JudgedClaim['proposal']>): string {
  if (missing > 0) return `What is asked for, \`${protocol}\`, was not searched in this run.`;
  return `Tried, as \`${protocol}\` in the same scenarios: ${verdicts(results)}.`;
}

function verdicts(results: readonly PropertyResult[]): string {
  const { violated, unknown, idle, holds } = byOutcome(results);
  const parts = [
    ...(holds.length > 0 ? [`${names(holds)} ${hold(holds)}`] : []),
    ...(idle.length > 0 ? [`${names(idle)} ${hold(idle)} (not exercised)`] : []),
    ...(violated.length > 0 ? [`${names(violated)} ${are(violated)} violated`] : []),
    ...(unknown.length > 0 ? [`${names(unknown)} ${are(unknown)} unknown`] : []),
  ];
  return parts.join(', ');
}

const hold = (list: readonly string[]): string => (list.length === 1 ? 'holds' : 'hold');
const are = (list: readonly string[]): string => (list.length === 1 ? 'is' : 'are');
const unique = (list: readonly string[]): string[] => [...new Set(list)];
const names = (list: readonly string[]): string => {
  const quoted = list.map((name) => `\`${name}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
};
