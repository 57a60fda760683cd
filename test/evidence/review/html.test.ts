import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reviewHtml } from '../../../evidence/review/html.ts';
import { reviewSection } from '../../../evidence/review/html-section.ts';
import type { ReviewPage } from '../../../evidence/review/page.ts';
import { madePage } from './made-page.ts';

const [first, second] = madePage.comments;
const [held] = first!.claims;
/** Every verdict once. */
const fourWords: ReviewPage = {
  ...madePage,
  comments: ['violated', 'holds only if', 'not decided', 'holds'].map((verdict, i) => ({
    ...second!,
    nothing: null,
    claims: [{ ...held!, id: `claim-${i}`, verdict, trace: null }],
  })),
};
const tags = (page: string): readonly string[] => page.match(/<\/?[a-z][a-z0-9]*|<!/gi) ?? [];

describe('the review as HTML', () => {
  test('has the words of a comment, its claims, their reasons, the answer and each run once', () => {
    const lines = reviewSection(madePage)
      .replace(/<(?:summary|pre|li|p|h\d|tr|th|td)\b[^>]*>/g, '\n')
      .replace(/<[^>]*>/g, '')
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '');
    expect(lines).toEqual([
      'A made patch',
      'Two comments | judged.',
      '2 violated',
      '0 holds only if',
      '0 not decided',
      '0 holds',
      'Claims',
      'Verdict',
      'Claim',
      'Comment',
      'violated',
      'The lock is held | always.',
      'mm/a.c:10',
      'violated',
      'Nobody else holds it.',
      'mm/a.c:10',
      'mm/a.c:10 line 25 of the mail',
      '+\t/* The lock',
      '+\t * is held? ``` */',
      'Claim (the author asks): The lock is held | always.',
      'violated',
      'p is violated in 1 of 2 scenarios.',
      'q holds.',
      'Answer: No.',
      'The run: p in &quot;one&quot;',
      'CPU0',
      '----',
      ' 1 step',
      'Claim (the author asks): Nobody else holds it.',
      'violated',
      'The run is shown above: p in &quot;one&quot;.',
      'mm/a.c:30',
      'It promises nothing.',
      'Gone since version 5',
      'mm/b.c:5 What was here once.',
      'The statements',
      'Of 5 known statements 3 are steps of the model; 2 need none:',
      '2: jumps',
      'The text is not the one that the model was made from (1 difference):',
      'new: mm/a.c:40',
    ]);
  });

  test('marks each of the four verdicts in a way of its own', () => {
    const page = reviewSection(fourWords);
    const badges = [...page.matchAll(/<td><span class="verdict ([\w-]+)">([^<]*)</g)].map(([, ...m]) => m);
    expect(badges).toEqual([
      ['violated', 'violated'],
      ['only-if', 'holds only if'],
      ['unknown', 'not decided'],
      ['holds', 'holds'],
    ]);
    expect(page.match(/<span class="verdict holds">/g)).toHaveLength(3);
  });

  test('has every address once, also of a comment that stands there twice', () => {
    const twice = { ...madePage, comments: [first!, first!] };
    expect(reviewSection(twice).match(/ id="review=lock-held"/g)).toHaveLength(1);
  });

  test('leads to the stepper where there is one', () => {
    const page = reviewSection(madePage, new Map([['p in "one"', '#trace=one.p']]));
    expect(page.match(/href="#trace=one\.p"/g)).toHaveLength(1);
    expect(reviewSection(madePage)).not.toContain('#trace=');
  });

  test('runs no script at all', () => {
    const page = reviewHtml(madePage, '0.1.0', 'body{}');
    const [, said] = /Content-Security-Policy" content="([^"]*)"/.exec(page)!;
    const style = createHash('sha256').update('body{}').digest('base64');
    expect(said).toBe(
      `default-src 'none'; script-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/<script| (?:style|on\w+|src)="/);
  });

  test('takes no text of a stranger for markup', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom('</pre><script>bad()</script>', '<!--', '"><img src=x onerror=bad()>', "'", '\u202e'),
    );
    // Backticks make code of what is between them, which is no harm but another tag.
    const plain = (s: string): string => s.replaceAll('`', "'");
    const with_ = (s: string): string =>
      reviewHtml(
        {
          ...madePage,
          title: s,
          basis: s,
          comments: [
            { ...first!, at: s, quote: [s], claims: [{ ...held!, says: s, because: [s], answer: s }] },
          ],
          gone: [{ at: s, says: s }],
          statements: { ...madePage.statements!, drift: [s] },
        },
        '0.1.0',
        'body{}',
      );
    const expected = tags(with_('words'));
    fc.assert(
      fc.property(hostile, (s) => {
        expect(tags(with_(plain(s)))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});
