import type { Verdict } from '../../explorer/outcome.ts';
import { traceAddress } from './address.ts';
import { html, visible } from './escape.ts';
import type { ReportedResult } from './input.ts';
import { traceId, wordOf } from './judged.ts';

/** A stranger's words as HTML. */
export const text = (words: string): string => html(visible(words));

/** A verdict: a word, and a shape of its own, so that nobody needs to see its colour. */
export function badge(verdict: Verdict, exercised = true): string {
  const idle = verdict === 'holds' && !exercised ? ' idle' : '';
  return `<span class="verdict ${verdict}${idle}">${wordOf(verdict, exercised)}</span>`;
}

/** How many have which verdict, the badges made. `what`: what is counted. */
export const totals = (what: string, counts: readonly (readonly [number, string])[]): string =>
  `<ul class="totals" aria-label="${what} by verdict">${counts.map(([n, made]) => `<li>${n} ${made}</li>`).join('')}</ul>`;

/** What stands where nothing is to be told. */
export const nothing = '<span class="none">none</span>';

export const traceLink = (result: ReportedResult, words: string): string =>
  `<a href="${html(traceAddress(traceId(result)))}">${html(visible(words))}</a>`;

/** A table whose heads sort it, in a box that scrolls where the window is narrow. `name` is the id of its heading. */
export function table(name: string, heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((one) => `<th scope="col">${one}</th>`).join('');
  return `<div class="scroll" role="region" aria-labelledby="${name}" tabindex="0"><table class="sortable"><thead><tr>${head}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}
