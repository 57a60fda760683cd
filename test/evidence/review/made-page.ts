import type { ReviewPage } from '../../../evidence/review/page.ts';

/** A review with one comment of each sort. */
export const madePage: ReviewPage = {
  title: 'A made patch',
  basis: 'Two comments | judged.',
  comments: [
    {
      at: 'mm/a.c:10',
      mailLine: 25,
      quote: ['+\t/* The lock', '+\t * is held? ``` */'],
      question: true,
      claims: [
        {
          id: 'lock-held',
          says: 'The lock is held | always.',
          verdict: 'violated',
          because: ['`p` is violated in 1 of 2 scenarios.', '`q` holds.'],
          trace: 'p in "one"',
          answer: 'No.',
        },
        {
          id: 'no-other',
          says: 'Nobody else holds it.',
          verdict: 'violated',
          because: [],
          trace: 'p in "one"',
          answer: null,
        },
      ],
      nothing: null,
    },
    {
      at: 'mm/a.c:30',
      mailLine: null,
      quote: null,
      question: false,
      claims: [],
      nothing: 'It promises nothing.',
    },
  ],
  statements: { modelled: 3, irrelevant: [{ because: 'jumps', count: 2 }], drift: ['new: mm/a.c:40'] },
  gone: [{ at: 'mm/b.c:5', says: 'What was here once.' }],
  traces: new Map([['p in "one"', 'CPU0\n----\n 1 step\n']]),
};
