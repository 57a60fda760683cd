import { type Judge, judgeClaim } from '../../checking/claims.ts';
import type { PropertyResult } from '../../checking/result.ts';
import { ascii } from '../../evidence/ascii.ts';
import { type ReviewPage, traceName } from '../../evidence/review/page.ts';
import type { Alignment } from '../../review/anchors/align.ts';
import { type Claim, claims, irrelevant } from '../../review/claims/index.ts';
import { commentsOf } from '../../review/comments/comments-of.ts';
import type { Patch } from '../../review/diff/patch.ts';
import { type Comment, reviewedComments } from './comments.ts';
import { reviewedStatements } from './statements.ts';

/** What a review is made of. */
interface Reviewed {
  readonly patches: readonly Patch[];
  /** The claims that these make. */
  readonly there: readonly Claim[];
  /** Null where their statements could not be compared. */
  readonly alignment: Alignment | null;
  readonly judge: Judge;
  /** How the verdicts came about, in sentences. */
  readonly basis: readonly string[];
  /** The run of a violated property, as text. */
  readonly draw: (result: PropertyResult) => string;
}

/** The review of patches, from searches that have been made. */
export function reviewPage({ patches, there, alignment, judge, basis, draw }: Reviewed): ReviewPage {
  const judged = there.map((claim) => judgeClaim(claim, judge));
  const shown = judged.flatMap((j) => (j.shown ? [j.shown] : []));
  const names = patches.map(({ subject, name }) => ascii(subject === null ? name : `"${subject}"`));
  return {
    title: `Review of ${names.join(', ')}`,
    basis: basis.join(' '),
    comments: reviewedComments(patches.flatMap(quoted), judged, irrelevant),
    gone: goneClaims(there),
    statements: alignment && reviewedStatements(alignment),
    traces: new Map(shown.map((r) => [traceName(r), draw(r)])),
  };
}

/** The comments of a patch, with the signs of the diff. */
const quoted = (patch: Patch): readonly Comment[] =>
  commentsOf(patch).map(({ file, text, lines }) => ({
    at: `${file}:${lines[0]!.fileLine}`,
    mailLine: patch.kind === 'source' ? null : lines[0]!.mailLine,
    text,
    lines: lines.map((line) => `${line.added ? '+' : ' '}${line.text}`),
  }));

/** Claims of version 5 that are not made here. Of a patch that makes none of them that is not worth a word. */
const goneClaims = (there: readonly Claim[]): ReviewPage['gone'] =>
  there.length === 0 ? [] : claims.filter((c) => !there.includes(c)).map(({ at, says }) => ({ at, says }));
