import { text } from '../report/cell.ts';
import { policy } from '../report/policy.ts';
import { reviewSection } from './html-section.ts';
import type { ReviewPage } from './page.ts';

/** The review as one page for a browser. It needs no other file and no script; `style` is that of the report. */
export const reviewHtml = (page: ReviewPage, tool: string, style: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy([], [style])}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text(page.title)} - cowpte</title>
<style>${style}</style>
</head>
<body>
<header id="top"><a class="name" href="#">cowpte</a></header>
<main>
${reviewSection(page)}
<p class="made">cowpte ${text(tool)}</p>
</main>
</body>
</html>
`;
