import type { Hold } from '../holds.ts';
import { cpuClass, cpuName } from './cpu.ts';
import { element } from './element.ts';

/** A bar beside a lane for as long as its CPU holds the lock; open at the end if it is never released. */
export function holdBar(hold: Hold, rowOf: ReadonlyMap<number, number>, lastRow: number): HTMLElement {
  const { lock, cpu, from, to, shared, track } = hold;
  const until = to === null ? 'held at the end' : `released at step ${to}`;
  const told = `${cpuName(cpu)} holds ${lock}${shared ? ' with others' : ''}: taken at step ${from}, ${until}`;
  const bar = element(
    'div',
    {
      class: `hold ${cpuClass(cpu)}${shared ? ' shared' : ''}${to === null ? ' open' : ''}`,
      role: 'img',
      'aria-label': told,
      title: told,
    },
    element('span', { 'aria-hidden': 'true' }, lock),
  );
  bar.style.gridRow = `${rowOf.get(from) ?? 2} / ${(to === null ? lastRow : (rowOf.get(to) ?? lastRow)) + 1}`;
  bar.style.marginLeft = `${track * 15}px`;
  return bar;
}
