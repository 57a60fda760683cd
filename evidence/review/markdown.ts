import { wrap } from '../wrap.ts';
import {
  asked,
  type ReviewedClaim,
  type ReviewedComment,
  type ReviewedStatements,
  type ReviewPage,
  statementText,
  tally,
} from './page.ts';

const WIDTH = 110;
const paragraph = (text: string, hang = 0): string => wrap(text, WIDTH, hang).join('\n');

/** The review as a page: an overview of all claims, then one section for each comment in the order of the patch. */
export function reviewMarkdown(page: ReviewPage): string {
  const told = new Set<string>();
  return `${[
    `# ${page.title}`,
    paragraph(page.basis),
    paragraph(`${tally(page)}.`),
    overview(page),
    ...page.comments.map((comment) => section(comment, page, told)),
    ...page.gone.map(({ at, says }) => paragraph(`Gone since version 5 (${at}): ${says}`)),
    ...(page.statements ? [statements(page.statements)] : []),
  ].join('\n\n')}\n`;
}

function statements(of: ReviewedStatements): string {
  const lines = statementText(of).map((line) =>
    line.startsWith('- ') ? paragraph(`* ${line.slice(2)}`, 2) : `\n${paragraph(line)}\n`,
  );
  return `## The statements\n${lines.join('\n')}`.trimEnd();
}

function overview({ comments }: ReviewPage): string {
  const rows = comments.flatMap(({ at, claims }) =>
    claims.map(({ id, says, verdict }) => `| [${at}](#${id}) | ${cell(says)} | ${verdict} |`),
  );
  return ['| comment | claim | verdict |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Text within a table. */
const cell = (text: string): string => text.replace(/[|\\]/g, '\\$&').replace(/\s+/g, ' ');

function section(comment: ReviewedComment, page: ReviewPage, told: Set<string>): string {
  const { at, mailLine, quote, nothing } = comment;
  const head = `## ${at}${mailLine === null ? '' : ` (line ${mailLine} of the mail)`}`;
  const quoted = quote === null ? [] : [fenced(quote.join('\n'))];
  const claims = comment.claims.flatMap((claim) => claimText(claim, asked(comment), page, told));
  return [head, ...quoted, ...claims, ...(nothing === null ? [] : [paragraph(nothing)])].join('\n\n');
}

function claimText(claim: ReviewedClaim, what: string, page: ReviewPage, told: Set<string>): string[] {
  const { id, says, verdict, because, answer, trace } = claim;
  const texts = [
    `<a id="${id}"></a>`,
    paragraph(`${what}: ${says}`),
    [
      paragraph(`* **${verdict}**${because.length > 0 ? `. ${because[0]}` : ''}`, 2),
      ...because.slice(1).map((b) => paragraph(`* ${b}`, 2)),
      ...(answer === null ? [] : [paragraph(`* Answer: ${answer}`, 2)]),
    ].join('\n'),
  ];
  if (trace === null) return texts;
  if (told.has(trace)) return [...texts, paragraph(`The run is shown above: ${trace}.`)];
  told.add(trace);
  return [...texts, fenced((page.traces.get(trace) ?? '').trimEnd())];
}

/** A fence that is longer than any inside the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
