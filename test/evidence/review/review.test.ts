import { expect, test } from 'vitest';
import { reviewMarkdown } from '../../../evidence/review/markdown.ts';
import { reviewReply } from '../../../evidence/review/reply.ts';
import { madePage } from './made-page.ts';

test('a reply to the list quotes the comment, and shows each run once', () => {
  expect(reviewReply(madePage)).toBe(`A made patch

Two comments | judged.

> +	/* The lock
> +	 * is held? \`\`\` */
[mm/a.c:10, line 25 of the mail]

Claim (the author asks): The lock is held | always.
Verdict: violated.
- p is violated in 1 of 2 scenarios.
- q holds.
Answer: No.

CPU0
----
 1 step

Claim (the author asks): Nobody else holds it.
Verdict: violated.

The run is shown above (p in "one").

[mm/a.c:30]

It promises nothing.

Gone since version 5 (mm/b.c:5): What was here once.

Of 5 known statements 3 are steps of the model; 2 need none:
- 2: jumps
The text is not the one that the model was made from (1 difference):
- new: mm/a.c:40

2 comments, 2 claims: 2 violated, 0 hold under a condition, 0 not
decided, 0 hold.
`);
});

test('a page has an overview, anchors, and fences longer than any inside', () => {
  expect(reviewMarkdown(madePage)).toBe(`# A made patch

Two comments | judged.

2 comments, 2 claims: 2 violated, 0 hold under a condition, 0 not decided, 0 hold.

| comment | claim | verdict |
| --- | --- | --- |
| [mm/a.c:10](#lock-held) | The lock is held \\| always. | violated |
| [mm/a.c:10](#no-other) | Nobody else holds it. | violated |

## mm/a.c:10 (line 25 of the mail)

\`\`\`\`
+	/* The lock
+	 * is held? \`\`\` */
\`\`\`\`

<a id="lock-held"></a>

Claim (the author asks): The lock is held | always.

* **violated**. \`p\` is violated in 1 of 2 scenarios.
* \`q\` holds.
* Answer: No.

\`\`\`
CPU0
----
 1 step
\`\`\`

<a id="no-other"></a>

Claim (the author asks): Nobody else holds it.

* **violated**

The run is shown above: p in "one".

## mm/a.c:30

It promises nothing.

Gone since version 5 (mm/b.c:5): What was here once.

## The statements

Of 5 known statements 3 are steps of the model; 2 need none:

* 2: jumps

The text is not the one that the model was made from (1 difference):

* new: mm/a.c:40
`);
});
