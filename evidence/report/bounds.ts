import { count } from '../verdicts.ts';
import { html } from './escape.ts';
import type { ReportedResult } from './input.ts';

/** How far a search went, in words. */
export function extentOf({ exhaustive, reason, bounds, switches }: ReportedResult): string {
  if (exhaustive) return 'exhaustive';
  if (reason === null) return 'ended by the first violation';
  // The bounds are named as in `max-states`, but in one word.
  const set = bounds[reason.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())];
  const limit = typeof set === 'number' && reason !== 'memory' ? ` ${String(set)}` : '';
  const seen =
    switches === null || switches < 0
      ? ''
      : `; all runs of up to ${count(switches, 'switch', 'switches')} seen`;
  return `ended by ${reason}${limit}${seen}`;
}

/** How far the searches went that judged one property. */
export function extentOfAll(results: readonly ReportedResult[]): string {
  const early = results.filter((r) => !r.exhaustive);
  const most = results.reduce((states, r) => Math.max(states, r.states), 0);
  const states = `${results.length === 1 ? '' : 'up to '}${count(most, 'state')}`;
  const whole = results.length - early.length;
  const parts = [
    ...(whole > 0 ? [early.length === 0 ? 'exhaustive' : `${whole} exhaustive`] : []),
    ...[...new Set(early.map(extentOf))].map(
      (extent) => `${early.filter((r) => extentOf(r) === extent).length} ${extent}`,
    ),
  ];
  return `${html(parts.join(', '))}, <small>${states}</small>`;
}
