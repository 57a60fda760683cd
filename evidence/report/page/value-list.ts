import type { ShownTrace } from '../unpack.ts';
import { element } from './element.ts';
import type { Moment } from './state-boxes.ts';

/** Every location that changes during the trace, for what the boxes leave out. */
export function valueList(trace: ShownTrace, { values, writes }: Moment): HTMLElement {
  const rows = [...values]
    .filter(([location]) => trace.varying.has(location))
    .map(([location, value]) =>
      element(
        'tr',
        { class: writes.includes(location) ? 'written' : null },
        element('th', { scope: 'row' }, location),
        element('td', {}, value),
      ),
    );
  return element(
    'details',
    { class: 'values' },
    element('summary', {}, 'All values that change'),
    element('table', {}, element('tbody', {}, ...rows)),
  );
}
