import { boundOf, count } from '../verdicts.ts';
import { html } from './escape.ts';
import type { ReportedResult } from './input.ts';

/** How far the searches went that judged one property. */
export function boundsOf(results: readonly ReportedResult[]): string {
  const counts = new Map<string, number>();
  for (const result of results) counts.set(boundOf(result), (counts.get(boundOf(result)) ?? 0) + 1);
  const parts = [...counts].map(([bound, n]) => (n === results.length ? bound : `${n} ${bound}`));
  const most = results.reduce((states, r) => Math.max(states, r.states), 0);
  const states = `${results.length === 1 ? '' : 'up to '}${count(most, 'state')}`;
  return `${html(parts.join(', '))}, <small>${states}</small>`;
}

/** The bounds that somebody set, in a sentence; empty if there is none. */
export function boundsSet(results: readonly ReportedResult[]): string {
  const set = Object.entries(results[0]?.bounds ?? {}).filter(
    ([, value]) => value !== null && value !== false,
  );
  const told = set.filter(([name, value]) => name !== 'reduce' || value !== 'all');
  if (told.length === 0) return '';
  return html(
    `Bounds: ${told.map(([name, value]) => (value === true ? name : `${name} ${value}`)).join(', ')}.`,
  );
}
