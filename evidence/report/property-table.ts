import { count } from '../verdicts.ts';
import { boundsOf } from './bounds.ts';
import { badge, nothing, table, text, traceLink } from './cell.ts';
import { html } from './escape.ts';
import type { ReportedResult } from './input.ts';
import { type JudgedProperty, verdictOrder } from './judged.ts';

/** The properties over all scenarios: verdict, where, how far was searched, the shortest trace. */
export const propertyTable = (
  properties: readonly JudgedProperty[],
  claims: Readonly<Record<string, string>>,
): string =>
  table(
    'properties-title',
    ['Verdict', 'Property', 'Scenarios', 'Bounds', 'Shortest trace'],
    properties.map((judged) => row(judged, claims[judged.property] ?? '')),
  );

function row({ property, verdict, results, worst }: JudgedProperty, claim: string): string {
  const exercised = results.filter((r) => r.exercised).length;
  const near = exercised === 0 ? 'exercised in none' : `exercised in ${exercised}`;
  const where = verdict === 'holds' ? `all ${results.length}` : `${worst.length} of ${results.length}`;
  const length = worst[0]?.counterexample?.told.trace.steps.length ?? Number.MAX_SAFE_INTEGER;
  const most = results.reduce((states, r) => Math.max(states, r.states), 0);
  return `<tr data-verdict="${verdict}" data-words="${text(`${property} ${claim}`)}">
<td data-key="${verdictOrder.indexOf(verdict)}">${badge(verdict, exercised > 0)}</td>
<th scope="row" data-key="${text(property)}"><code>${text(property)}</code>${claim === '' ? '' : `<p>${text(claim)}</p>`}</th>
<td data-key="${worst.length}">${where}, <small>${near}</small></td>
<td data-key="${most}">${boundsOf(results)}</td>
<td data-key="${length}">${traces(worst)}</td></tr>`;
}

/** The shortest trace, and the others behind it. */
function traces(worst: readonly ReportedResult[]): string {
  const [shortest, ...others] = worst.filter((r) => r.counterexample !== null);
  if (!shortest?.counterexample) return nothing;
  const { steps, switches } = shortest.counterexample.told.trace;
  const link = traceLink(shortest, `${count(steps.length, 'step')}, ${count(switches, 'hand-over')}`);
  if (others.length === 0) return link;
  const list = others.map((r) => `<li>${traceLink(r, r.scenario)}</li>`).join('');
  return `${link}<details><summary>${html(`${others.length} more`)}</summary><ul>${list}</ul></details>`;
}
