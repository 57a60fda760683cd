import { html, visible } from './escape.ts';
import type { ReportedResult } from './input.ts';
import { traceId } from './judged.ts';

/**
 * Every trace as text. Its id is its address, so that a link leads to it where no script runs; `printed` ones belong to the
 * print of the first page.
 */
export function textTraces(results: readonly ReportedResult[], printed: ReadonlySet<ReportedResult>): string {
  const articles = results.flatMap((result) => {
    if (result.counterexample === null) return [];
    const id = html(traceId(result));
    const name = `${html(visible(result.property))} in ${html(visible(result.scenario))}`;
    return `<article id="trace=${id}" class="text-trace${printed.has(result) ? ' printed' : ''}"><h2>${name}</h2>
<pre tabindex="0" role="region" aria-label="${name}, as text">${html(result.counterexample.text)}</pre></article>`;
  });
  return `<section id="texts" aria-label="Traces as text">${articles.join('\n')}</section>`;
}
