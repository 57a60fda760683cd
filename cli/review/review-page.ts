import { judgeClaim } from '../../checking/claims.ts';
import { ascii } from '../../evidence/ascii.ts';
import type { ReviewPage } from '../../evidence/review/page.ts';
import { type Claim, claims, irrelevant } from '../../review/claims/index.ts';
import { commentsOf } from '../../review/comments/comments-of.ts';
import { drawn } from '../report-context.ts';
import { version } from '../version.ts';
import { type Comment, reviewedComments, traceName } from './comments.ts';
import type { Searched } from './searched.ts';
import { reviewedStatements } from './statements.ts';
import type { Subject } from './subject.ts';

/** The review of a patch, from the searches that decide its claims. */
export function reviewPage(subject: Subject, config: readonly string[], searched: Searched): ReviewPage {
  const { patch, there, alignment, protocol, text, scenarios, notes } = subject;
  const comments = commentsOf(patch).map(
    ({ file, text, lines }): Comment => ({
      at: `${file}:${lines[0]!.fileLine}`,
      mailLine: patch.kind === 'source' ? null : lines[0]!.mailLine,
      text,
      lines: lines.map((line) => `${line.added ? '+' : ' '}${line.text}`),
    }),
  );
  const judged = there.map((claim) =>
    judgeClaim(
      claim,
      (asked, scenario, property) => searched.get(asked ?? protocol, scenario, property).result,
    ),
  );
  const shown = judged.flatMap((j) => (j.shown ? [j.shown] : []));
  return {
    title: `Review of ${ascii(patch.subject === null ? patch.name : `"${patch.subject}"`)}`,
    basis: [
      `The comments of the patch that stand in version 5 word for word and promise something are restated and judged by cowpte ${version} in scenarios of its default suite, ${text ? 'on what the C of the patch says' : `on its protocol ${protocol} and not on the code of this patch`}, over every order of steps unless a verdict says otherwise. Lines count in the files as the patch leaves them.`,
      ...notes.map(sentence),
    ].join(' '),
    comments: reviewedComments(comments, judged, irrelevant),
    gone: goneClaims(there),
    statements: reviewedStatements(alignment),
    traces: new Map(
      shown.map((r) => {
        const { whole } = searched.get(protocol, r.scenario, r.property);
        return [traceName(r), drawn(protocol, scenarios, r, whole, config)];
      }),
    ),
  };
}

/** Claims of version 5 that this patch does not make. Of a patch that makes none of them that is not worth a word. */
const goneClaims = (there: readonly Claim[]): ReviewPage['gone'] =>
  there.length === 0 ? [] : claims.filter((c) => !there.includes(c)).map(({ at, says }) => ({ at, says }));

/** As the reader and the linter tell it on a line of their own. */
const sentence = (note: string): string => ascii(`${note.charAt(0).toUpperCase()}${note.slice(1)}.`, 600);
