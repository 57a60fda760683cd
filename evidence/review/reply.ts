import { wrap } from '../wrap.ts';
import {
  asked,
  type ReviewedClaim,
  type ReviewedComment,
  type ReviewPage,
  statementText,
  tally,
} from './page.ts';

/** What a mail to a list is wrapped at, so that it survives a few levels of quoting. */
const WIDTH = 72;

/**
 * The review as a reply to the list: the quoted comment, beneath it the claim, its verdict and, once, the run that breaks it.
 * Plain ASCII; the quoted lines are those of the patch.
 */
export function reviewReply(page: ReviewPage): string {
  const told = new Set<string>();
  const blocks = page.comments.map((comment) => commentText(comment, page, told));
  const gone = page.gone.map(({ at, says }) => paragraph(`Gone since version 5 (${at}): ${says}`));
  const statements = (page.statements ? statementText(page.statements) : []).map((line) =>
    paragraph(line, 2),
  );
  return `${[
    paragraph(page.title),
    paragraph(page.basis),
    ...blocks,
    ...gone,
    ...(statements.length > 0 ? [statements.join('\n')] : []),
    paragraph(`${tally(page)}.`),
  ].join('\n\n')}\n`;
}

/** Names are not set apart in a mail. */
const plain = (text: string): string => text.replaceAll('`', '');

const paragraph = (text: string, hang = 0): string => wrap(text, WIDTH, hang).join('\n');

function commentText(comment: ReviewedComment, page: ReviewPage, told: Set<string>): string {
  const where =
    comment.mailLine === null ? comment.at : `${comment.at}, line ${comment.mailLine} of the mail`;
  const quote = (comment.quote ?? []).map((line) => `> ${line}`.trimEnd());
  const claims = comment.claims.flatMap((claim) => claimText(claim, asked(comment), page, told));
  const nothing = comment.nothing === null ? [] : [paragraph(comment.nothing)];
  return [[...quote, `[${where}]`].join('\n'), ...claims, ...nothing].join('\n\n');
}

function claimText(claim: ReviewedClaim, what: string, page: ReviewPage, told: Set<string>): string[] {
  const texts = [
    [
      paragraph(`${what}: ${claim.says}`, 2),
      paragraph(`Verdict: ${claim.verdict}.`, 2),
      ...claim.because.map((b) => paragraph(`- ${plain(b)}`, 2)),
      ...(claim.answer === null ? [] : [paragraph(`Answer: ${claim.answer}`, 2)]),
    ].join('\n'),
  ];
  const { trace } = claim;
  if (trace === null) return texts;
  if (told.has(trace)) return [...texts, paragraph(`The run is shown above (${trace}).`)];
  told.add(trace);
  return [...texts, (page.traces.get(trace) ?? '').trimEnd()];
}
