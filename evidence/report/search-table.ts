import type { Verdict } from '../../explorer/outcome.ts';
import { boundOf, count } from '../verdicts.ts';
import { graphAddress } from './address.ts';
import { nothing, table, text, traceLink } from './cell.ts';
import { html, visible } from './escape.ts';
import type { ReportGraph } from './graph-page.ts';
import type { ReportedResult } from './input.ts';
import { type JudgedSearch, verdictOrder } from './judged.ts';

type Configuration = ReportedResult['config'];

/** The searches: who runs, in which configuration, how far it went and what it says. */
export function searchTable(searches: readonly JudgedSearch[], graphs: readonly ReportGraph[]): string {
  const usual = usualConfiguration(searches);
  const rows = searches.map((search) => row(search, usual, graphs));
  return `<p>Configuration, where a row names no other: ${configText(usual)}.</p>
${table('searches-title', ['Scenario', 'States', 'Bounds', 'Violated', 'Unknown', 'Holds'], rows)}`;
}

function row(
  { scenario, results }: JudgedSearch,
  usual: Configuration,
  graphs: readonly ReportGraph[],
): string {
  const first = results[0]!;
  const { threads, states, transitions, depth, exhaustive, reductions } = first;
  const of = (verdict: Verdict): readonly ReportedResult[] => results.filter((r) => r.verdict === verdict);
  const there = verdictOrder.filter((v) => of(v).length > 0);
  const own = Object.entries(first.config).filter(([key, value]) => usual[key] !== value);
  const config = own.length === 0 ? '' : `<br>${configText(Object.fromEntries(own))}`;
  const graph = graphs.find((g) => g.scenario === scenario);
  const drawn = graph === undefined ? '' : `<br><a href="${html(graphAddress(graph.id))}">graph</a>`;
  const violated = of('violated').map((r) =>
    r.counterexample === null ? text(r.property) : traceLink(r, r.property),
  );
  const holds = of('holds');
  const words = [scenario, ...threads.flatMap((t) => [t.id, t.run]), ...results.map((r) => r.property)];
  return `<tr data-verdict="${there.join(' ')}" data-words="${html(visible(words.join(' '), 4000))}">
<th scope="row" data-key="${text(scenario)}">${text(scenario)}<p>${threads.map((t) => text(`${t.id} ${t.run}`)).join(', ')}${config}</p></th>
<td data-key="${states}">${count(states, 'state')}<p>${count(transitions, 'transition')}, depth ${depth}</p></td>
<td data-key="${exhaustive ? 0 : 1}">${html(boundOf(first))}<p>${html(reductions.join(', ') || 'no reductions')}</p></td>
<td data-key="${violated.length}">${violated.join('<br>') || nothing}${drawn}</td>
<td data-key="${of('unknown').length}">${list('unknown', of('unknown')) || nothing}</td>
<td data-key="${holds.length}">${
    list(
      'holds',
      holds.filter((r) => r.exercised),
    ) +
    list(
      'holds (not exercised)',
      holds.filter((r) => !r.exercised),
    )
  }</td></tr>`;
}

function list(verdict: string, results: readonly ReportedResult[]): string {
  if (results.length === 0) return '';
  const names = results.map((r) => `<code>${text(r.property)}</code>`).join(', ');
  return `<details><summary>${results.length} ${verdict}</summary>${names}</details>`;
}

/** The configuration that most searches share. */
function usualConfiguration(searches: readonly JudgedSearch[]): Configuration {
  const counts = new Map<string, number>();
  for (const { results } of searches) {
    const key = JSON.stringify(results[0]!.config);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [most = '{}'] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return JSON.parse(most) as Configuration;
}

const configText = (config: Configuration): string =>
  Object.entries(config)
    .map(([key, value]) => `<code>${text(`${key} ${String(value)}`)}</code>`)
    .join(', ');
