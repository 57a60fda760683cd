import { claimAddress } from '../report/address.ts';
import { table, text, totals } from '../report/cell.ts';
import { html, verbatim, visible } from '../report/escape.ts';
import {
  asked,
  given,
  type ReviewedClaim,
  type ReviewedComment,
  type ReviewedStatements,
  type ReviewPage,
  reviewVerdicts,
  statementParts,
} from './page.ts';

/** What a section knows of the others. */
interface Told {
  readonly page: ReviewPage;
  /** Where a run can be followed step by step, by its name. */
  readonly steppers: ReadonlyMap<string, string>;
  /** The claim beneath which a run is shown, by the name of the run; each is shown once. */
  readonly runs: Map<string, string>;
  /** Claims that have been told: a comment may stand in a patch twice. */
  readonly claims: Set<string>;
}

/** The review in HTML: an overview of all claims, a part for each comment in the order of the patch, the statements. */
export function reviewSection(page: ReviewPage, steppers: ReadonlyMap<string, string> = new Map()): string {
  const told: Told = { page, steppers, runs: new Map(), claims: new Set() };
  const counts = reviewVerdicts.map((v) => [given(page, v), badge(v)] as const);
  const gone = page.gone.map(({ at, says }) => `<li>${code(at)} ${prose(says)}</li>`);
  return `<section id="review" aria-labelledby="review-title">
<div class="title"><div><h1 id="review-title">${text(page.title)}</h1>
<p>${prose(page.basis)}</p></div>
${totals('Claims', counts)}</div>
<h2 id="claims-title">Claims</h2>
${overview(page)}
${page.comments.map((comment) => commentPart(comment, told)).join('\n')}
${gone.length === 0 ? '' : `<h2>Gone since version 5</h2>\n<ul class="reasons">${gone.join('\n')}</ul>`}
${page.statements ? `<h2>The statements</h2>\n${statementsPart(page.statements)}` : ''}
</section>`;
}

/** Long sentences of ours, in which names may be a stranger's; what stands between backticks is code. */
const prose = (sentence: string): string =>
  html(visible(sentence, 20_000)).replace(/`([^`]+)`/g, '<code>$1</code>');
const code = (name: string): string => `<code>${text(name)}</code>`;

/** Marks of their own: one that holds under a condition, or was not decided, must not look like one that holds. */
const marks: Readonly<Record<string, string>> = {
  holds: 'holds',
  violated: 'violated',
  'holds only if': 'only-if',
};
const badge = (verdict: string): string =>
  `<span class="verdict ${marks[verdict] ?? 'unknown'}">${text(verdict)}</span>`;

function overview({ comments }: ReviewPage): string {
  const rows = comments.flatMap(({ at, claims }) =>
    claims.map(
      ({ id, says, verdict }) => `<tr><td>${badge(verdict)}</td>
<th scope="row"><a href="${html(claimAddress(id))}">${prose(says)}</a></th><td>${code(at)}</td></tr>`,
    ),
  );
  if (rows.length === 0) return '<p>No comment makes a claim that is known here.</p>';
  return table('claims-title', ['Verdict', 'Claim', 'Comment'], rows);
}

function commentPart(comment: ReviewedComment, told: Told): string {
  const { at, mailLine, quote, claims, nothing } = comment;
  const line = mailLine === null ? '' : ` <small>line ${mailLine} of the mail</small>`;
  const quoted =
    quote === null
      ? ''
      : `<pre class="quote" tabindex="0" role="region" aria-label="The comment at ${text(at)}">${html(verbatim(quote.join('\n')))}</pre>`;
  return `<article class="comment"><h2>${code(at)}${line}</h2>
${quoted}
${claims.map((claim) => claimPart(claim, asked(comment), told)).join('\n')}${nothing === null ? '' : `<p>${prose(nothing)}</p>`}</article>`;
}

function claimPart(claim: ReviewedClaim, what: string, told: Told): string {
  const { id, says, verdict, because, answer } = claim;
  const name = told.claims.has(id) ? '' : ` id="${html(claimAddress(id).slice(1))}"`;
  told.claims.add(id);
  return `<div class="judged"${name}><h3>${prose(`${what}: ${says}`)}</h3>
<p>${badge(verdict)}</p>
${reasonList(because)}
${answer === null ? '' : `<p><strong>Answer:</strong> ${prose(answer)}</p>`}
${run(claim, told)}</div>`;
}

/** The run that breaks a claim, or where it is shown. */
function run({ id, trace }: ReviewedClaim, { page, steppers, runs }: Told): string {
  if (trace === null) return '';
  const shown = runs.get(trace);
  if (shown !== undefined)
    return `<p>The run is shown <a href="${html(claimAddress(shown))}">above</a>: ${text(trace)}.</p>`;
  runs.set(trace, id);
  const stepper = steppers.get(trace);
  const link = stepper === undefined ? '' : `<p><a href="${html(stepper)}">Step by step</a></p>`;
  return `${link}<details open><summary>The run: ${text(trace)}</summary>
<pre tabindex="0" role="region" aria-label="The run: ${text(trace)}">${html(page.traces.get(trace) ?? '')}</pre></details>`;
}

const statementsPart = (statements: ReviewedStatements): string =>
  statementParts(statements)
    .map(({ says, list }) => `<p>${prose(says)}</p>\n${reasonList(list)}`)
    .join('\n');

const reasonList = (sentences: readonly string[]): string =>
  sentences.length === 0
    ? ''
    : `<ul class="reasons">${sentences.map((s) => `<li>${prose(s)}</li>`).join('\n')}</ul>`;
