import { tally } from '../review/page.ts';
import { count } from '../verdicts.ts';
import { reviewAddress } from './address.ts';
import { boundsSet } from './bounds.ts';
import { badge, text, totals } from './cell.ts';
import type { ReportInput } from './input.ts';
import {
  type JudgedProperty,
  type JudgedSearch,
  judgedProperties,
  judgedSearches,
  verdictOrder,
} from './judged.ts';
import { propertyTable } from './property-table.ts';
import { searchTable } from './search-table.ts';

/** The first page: what was judged, the properties, the searches with their bounds. */
export function verdictPage({
  results,
  protocol,
  about,
  tool,
  seconds,
  claims,
  graphs,
  review,
}: ReportInput): string {
  const properties = judgedProperties(results);
  const searches = judgedSearches(results);
  const scenarios = new Set(results.map((r) => r.scenario)).size;
  const sizes = `${count(scenarios, 'scenario')}, ${count(properties.length, 'property', 'properties')}.`;
  const choices = verdictOrder.map((verdict) => `<option>${verdict}</option>`).join('');
  const reviewed = review === null ? '' : `<p><a href="${reviewAddress}">${text(tally(review))}</a>.</p>`;
  return `<section id="verdicts" aria-labelledby="verdicts-title">
<div class="title"><div><h1 id="verdicts-title">Protocol ${text(protocol)}</h1>
<p>${text(capital(about))}. ${sizes} ${extent(searches)} ${boundsSet(results)}</p>${reviewed}</div>
${totals('Properties', counts(properties))}</div>
<form class="filter" role="search" aria-label="Filter both tables" hidden><label>Filter <input type="search" id="filter-text" autocomplete="off" placeholder="property, scenario, thread"></label>
<label>Verdict <select id="filter-verdict"><option value="">all</option>${choices}</select></label>
<output id="filter-count"></output></form>
<h2 id="properties-title">Properties</h2>
${propertyTable(properties, claims)}
<h2 id="searches-title">Searches</h2>
<div id="searches">${searchTable(searches, graphs)}</div>
<p class="made">cowpte ${text(tool)}, <span id="seconds">${seconds.toFixed(1)}</span> s</p>
</section>`;
}

const capital = (sentence: string): string => sentence.slice(0, 1).toUpperCase() + sentence.slice(1);

function extent(searches: readonly JudgedSearch[]): string {
  const early = searches.filter(({ results: [first] }) => !first!.exhaustive).length;
  return early === 0
    ? "Every order of the steps of each scenario's threads was searched."
    : `${count(early, 'search', 'searches')} of ${searches.length} ended early: what these leave open is unknown.`;
}

/** How many properties have which verdict; one that holds without having been near a violation is not counted with the others. */
function counts(properties: readonly JudgedProperty[]): readonly (readonly [number, string])[] {
  const words = [...verdictOrder.map((v) => [v, true] as const), ['holds', false] as const];
  const number = (verdict: string, exercised: boolean): number =>
    properties
      .filter((p) => p.verdict === verdict)
      .filter((p) => verdict !== 'holds' || p.results.some((r) => r.exercised) === exercised).length;
  return words.map(([verdict, exercised]) => [number(verdict, exercised), badge(verdict, exercised)]);
}
