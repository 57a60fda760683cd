import { expect, test } from 'vitest';
import { judgeClaim } from '../../checking/claims.ts';
import type { PropertyResult } from '../../checking/result.ts';
import { commentsFromMemory } from '../../cli/review/comments.ts';
import type { Claim, Searches } from '../../review/claims/index.ts';

const asked: Searches = { properties: ['p', 'q', 'r', 's'], scenarios: ['one', 'two'] };
const claim: Claim = {
  id: 'made',
  comment: '000000000000',
  at: 'mm/memory.c:1',
  subject: 'locks',
  says: 'A made claim.',
  searches: [asked],
  answer: { holds: 'No.', violated: 'Yes.', proposal: { protocol: 'other', searches: asked } },
};

/** p is violated in one scenario, the search of the other knows nothing of q; nothing comes near r; s holds. */
function judge(_: string | null, scenario: string, property: string): PropertyResult {
  const verdicts: Readonly<Record<string, string>> = { 'p one': 'violated', 'q two': 'unknown' };
  const verdict = verdicts[`${property} ${scenario}`] ?? 'holds';
  const states = property === 's' ? 7 : 9000;
  const exercised = property !== 'r';
  return { scenario, property, verdict, states, exercised, reason: null, trace: null } as never;
}

test('what is unknown or was not put to the test is never told as something that holds', () => {
  const [comment] = commentsFromMemory([judgeClaim(claim, judge)]);
  expect(comment!.claims[0]).toMatchObject({
    verdict: 'violated',
    because: [
      '`p` is violated in 1 of 2 scenarios: "one".',
      '`s` holds in 2 scenarios, each searched whole, with at most 7 states.',
      '`r` holds (not exercised).',
      '`q` is unknown: a search was ended.',
      'Tried, as `other` in the same scenarios: `s` holds, `r` holds (not exercised), `p` is violated, `q` is unknown.',
    ],
  });
});
