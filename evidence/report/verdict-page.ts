import type { Verdict } from '../../explorer/outcome.ts';
import { count } from '../verdicts.ts';
import { graphAddress, traceAddress } from './address.ts';
import { html, visible } from './escape.ts';
import type { ReportedResult, ReportInput } from './input.ts';
import {
  type JudgedProperty,
  type JudgedSearch,
  judgedProperties,
  judgedSearches,
  traceId,
  verdictOrder,
  wordOf,
} from './judged.ts';

/** A verdict: a word, and a shape of its own, so that nobody needs to see its colour. */
const badge = (verdict: Verdict, exercised = true): string => {
  const idle = verdict === 'holds' && !exercised ? ' idle' : '';
  return `<span class="verdict ${verdict}${idle}">${wordOf(verdict, exercised)}</span>`;
};

const text = (words: string): string => html(visible(words));

/** The first page: what was judged, the properties, the searches with their bounds. */
export function verdictPage(input: ReportInput): string {
  const { results, protocol, about, tool, seconds } = input;
  const properties = judgedProperties(results);
  const searches = judgedSearches(results);
  const usual = usualConfiguration(results);
  const scenarios = new Set(results.map((r) => r.scenario)).size;
  const exhaustive = searches.every(({ results: [r] }) => r!.exhaustive);
  const extent = exhaustive
    ? 'Every search was exhaustive.'
    : `${count(searches.filter(({ results: [r] }) => !r!.exhaustive).length, 'search', 'searches')} of ${searches.length} ended early: see the bounds.`;
  return `<section id="verdicts" aria-labelledby="verdicts-title">
<div class="title"><div><h1 id="verdicts-title">Protocol ${text(protocol)}</h1>
<p>${text(capital(about))}. ${count(scenarios, 'scenario')}, ${count(properties.length, 'property', 'properties')}; every order of the steps of each scenario's threads. ${extent}</p></div>
<ul class="totals" aria-label="Properties by verdict">${totals(properties)}</ul></div>
<form class="filter" role="search" aria-label="Filter both tables" hidden><label>Filter <input type="search" id="filter-text" autocomplete="off" placeholder="property, scenario, thread"></label>
<label>Verdict <select id="filter-verdict"><option value="">all</option>${verdictOrder.map((v) => `<option>${v}</option>`).join('')}</select></label>
<output id="filter-count"></output></form>
<h2 id="properties-title">Properties</h2>
<div class="scroll" role="region" aria-labelledby="properties-title" tabindex="0"><table class="sortable"><thead><tr>${headings(['Verdict', 'Property', 'Scenarios', 'Bounds', 'Shortest trace'])}</tr></thead>
<tbody>${properties.map((p) => propertyRow(p, input)).join('\n')}</tbody></table></div>
<h2 id="searches-title">Searches</h2>
<p>Configuration, where a row names no other: ${configText(usual)}.</p>
<div class="scroll" role="region" aria-labelledby="searches-title" tabindex="0"><table class="sortable"><thead><tr>${headings(['Scenario', 'States', 'Bounds', 'Violated', 'Unknown', 'Holds'])}</tr></thead>
<tbody>${searches.map((s) => searchRow(s, usual, input)).join('\n')}</tbody></table></div>
<p class="made">cowpte ${text(tool)}, <span id="seconds">${seconds.toFixed(1)}</span> s</p>
</section>`;
}

const capital = (sentence: string): string => sentence.slice(0, 1).toUpperCase() + sentence.slice(1);

/** How many properties have which verdict; one that holds without having been near a violation is not counted with the others. */
function totals(properties: readonly JudgedProperty[]): string {
  const words = [...verdictOrder.map((v) => [v, true] as const), ['holds', false] as const];
  return words
    .map(([verdict, exercised]) => {
      const number = properties.filter(
        (p) =>
          p.verdict === verdict && (verdict !== 'holds' || p.results.some((r) => r.exercised) === exercised),
      ).length;
      return `<li>${number} ${badge(verdict, exercised)}</li>`;
    })
    .join('');
}

const headings = (names: readonly string[]): string =>
  names.map((name) => `<th scope="col">${name}</th>`).join('');

function propertyRow({ property, verdict, results, worst }: JudgedProperty, input: ReportInput): string {
  const exercised = results.filter((r) => r.exercised).length;
  const [shortest] = worst;
  const length = shortest?.counterexample?.told.trace.steps.length;
  const where =
    verdict === 'holds'
      ? `all ${results.length}, <small>${exercised === 0 ? 'exercised in none' : `exercised in ${exercised}`}</small>`
      : `${worst.length} of ${results.length}, <small>exercised in ${exercised}</small>`;
  const all = worst.filter((r) => r.counterexample !== null);
  const others =
    all.length > 1
      ? `<details><summary>${all.length - 1} more</summary><ul>${all
          .slice(1)
          .map((r) => `<li>${traceLink(r, visible(r.scenario))}</li>`)
          .join('')}</ul></details>`
      : '';
  const claim = input.claims[property];
  const words = [property, verdict, ...results.map((r) => r.scenario)];
  return `<tr data-verdict="${verdict}" data-words="${words.length > 60 ? text(property) : html(visible(words.join(' '), 4000))}">
<td data-key="${verdictOrder.indexOf(verdict)}">${badge(verdict, exercised > 0)}</td>
<th scope="row" data-key="${text(property)}"><code>${text(property)}</code>${claim === undefined ? '' : `<p>${text(claim)}</p>`}</th>
<td data-key="${worst.length}">${where}</td>
<td data-key="${Math.max(...results.map((r) => r.states))}">${propertyBounds(results)}</td>
<td data-key="${length ?? 1e9}">${shortest?.counterexample ? `${traceLink(shortest, `${count(length!, 'step')}, ${count(shortest.counterexample.told.trace.switches, 'hand-over')}`)}${others}` : '<span class="none">none</span>'}</td></tr>`;
}

const traceLink = (result: ReportedResult, words: string): string =>
  `<a href="${html(traceAddress(traceId(result)))}">${html(words)}</a>`;

function propertyBounds(results: readonly ReportedResult[]): string {
  const early = results.filter((r) => !r.exhaustive);
  const most = Math.max(...results.map((r) => r.states));
  const states = results.length === 1 ? count(most, 'state') : `up to ${count(most, 'state')}`;
  if (early.length === 0) return `exhaustive, <small>${states}</small>`;
  const reasons = [...new Set(early.map((r) => r.reason ?? 'first violation'))].join(', ');
  return `${early.length === results.length ? '' : `${results.length - early.length} exhaustive, `}${early.length} ended by ${html(reasons)}, <small>${states}</small>`;
}

function searchRow({ scenario, results }: JudgedSearch, usual: Configuration, input: ReportInput): string {
  const first = results[0]!;
  const { threads, states, transitions, depth, exhaustive, reason, reductions } = first;
  const own = Object.entries(first.config).filter(([key, value]) => usual[key] !== value);
  const of = (verdict: Verdict): readonly ReportedResult[] => results.filter((r) => r.verdict === verdict);
  const worst = verdictOrder.find((v) => of(v).length > 0) ?? 'unknown';
  const holding = of('holds');
  const idle = holding.filter((r) => !r.exercised);
  const extent = exhaustive ? 'exhaustive' : `ended by ${reason ?? 'first violation'}`;
  const reduced = reductions.length === 0 ? 'no reductions' : reductions.join(', ');
  const graph = input.graphs.find((g) => g.scenario === scenario);
  const words = [scenario, ...threads.flatMap((t) => [t.id, t.run]), ...results.map((r) => r.property)];
  const codes = (some: readonly ReportedResult[]): string =>
    some.map((r) => `<code>${text(r.property)}</code>`).join(', ');
  const list = (title: string, some: readonly ReportedResult[]): string =>
    some.length === 0 ? '' : `<details><summary>${some.length} ${title}</summary>${codes(some)}</details>`;
  return `<tr data-verdict="${worst}" data-verdicts="${verdictOrder.filter((v) => of(v).length > 0).join(' ')}" data-words="${html(visible(words.join(' '), 4000))}">
<th scope="row" data-key="${text(scenario)}">${text(scenario)}<p>${threads.map((t) => `${text(t.id)} ${text(t.run)}`).join(', ')}${own.length === 0 ? '' : `<br>${configText(Object.fromEntries(own))}`}</p></th>
<td data-key="${states}">${count(states, 'state')}<p>${count(transitions, 'transition')}, depth ${depth}</p></td>
<td data-key="${exhaustive ? 0 : 1}">${html(extent)}<p>${html(reduced)}</p></td>
<td data-key="${of('violated').length}">${
    of('violated')
      .map((r) => (r.counterexample ? traceLink(r, visible(r.property)) : text(r.property)))
      .join('<br>') || '<span class="none">none</span>'
  }${graph === undefined ? '' : `<br><a href="${html(graphAddress(graph.id))}">graph</a>`}</td>
<td data-key="${of('unknown').length}">${of('unknown').length === 0 ? '<span class="none">none</span>' : codes(of('unknown'))}</td>
<td data-key="${holding.length}">${list(
    'holds',
    holding.filter((r) => r.exercised),
  )}${list('holds (not exercised)', idle)}</td></tr>`;
}

type Configuration = ReportedResult['config'];

/** The configuration that most results share. */
function usualConfiguration(results: readonly ReportedResult[]): Configuration {
  const counts = new Map<string, number>();
  for (const { config } of results) {
    const key = JSON.stringify(config);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [most = '{}'] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return JSON.parse(most) as Configuration;
}

const configText = (config: Configuration): string =>
  Object.entries(config)
    .map(([key, value]) => `<code>${text(key)} ${text(String(value))}</code>`)
    .join(', ');
