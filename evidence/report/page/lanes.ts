import { holdsOf } from '../holds.ts';
import { type LaneRow, laneRows } from '../lane-rows.ts';
import type { ShownTrace } from '../unpack.ts';
import { card } from './card.ts';
import { cpuClass, cpuName } from './cpu.ts';
import { element } from './element.ts';
import { handOver } from './hand-over.ts';
import { holdBar } from './hold-bars.ts';

/** The lanes of a trace: one for each CPU, time running down. */
export interface Lanes {
  readonly root: HTMLElement;
  /** Marks a step as the one that is shown, and scrolls to it. */
  readonly show: (n: number) => void;
}

/** Draws the lanes. `go` is called when somebody picks a step, `unfold` when somebody opens a fold. */
export function makeLanes(
  trace: ShownTrace,
  all: boolean,
  go: (n: number) => void,
  unfold: () => void,
): Lanes {
  const threads = trace.threads.filter((thread) => all || thread.part);
  const rows = laneRows(trace, all);
  const holds = holdsOf(trace.steps).filter((hold) => hold.cpu < threads.length);
  const tracks = threads.map(
    (_, cpu) => 1 + Math.max(-1, ...holds.filter((h) => h.cpu === cpu).map((h) => h.track)),
  );
  // Of each lane the tracks of the bars, then the cards.
  const gutters = tracks.map((n) => n * 15 + 3);
  const columns = gutters.map((width) => `${width}px minmax(8.5rem, 1fr)`).join(' ');
  const grid = element('div', { class: 'lane-grid' });
  grid.style.gridTemplateColumns = columns;

  const cards = new Map<number, HTMLElement>();
  const rowOf = new Map<number, number>();
  threads.forEach((thread, cpu) => {
    const head = element(
      'div',
      { class: `lane-head ${cpuClass(cpu)}` },
      element('strong', {}, cpuName(cpu)),
      ` ${thread.id} `,
      element('span', {}, thread.run),
    );
    place(head, 1, cpu * 2 + 1, 2);
    const rail = element('div', { class: `rail ${cpuClass(cpu)}`, 'aria-hidden': 'true' });
    rail.style.gridRow = `2 / ${rows.length + 2}`;
    rail.style.gridColumn = String(cpu * 2 + 2);
    grid.append(head, rail);
  });
  rows.forEach((row, i) => {
    const at = i + 2;
    for (const n of numbersOf(row)) rowOf.set(n, at);
    if (row.kind === 'step') {
      const made = card(trace, row.step, row.enters, () => go(row.step.n));
      cards.set(row.step.n, made);
      place(made, at, row.step.cpu * 2 + 2, 1);
      grid.append(made);
    } else if (row.kind === 'hand-over') {
      const arrow = handOver(row.from, row.to, gutters);
      place(arrow, at, 1, threads.length * 2);
      grid.append(arrow);
    } else {
      const count = row.last - row.first + 1;
      const fold = element(
        'button',
        { type: 'button', class: 'fold', title: 'Show them (a)' },
        `${count} ${count === 1 ? 'step' : 'steps'} without a part in it`,
      );
      fold.addEventListener('click', unfold);
      place(fold, at, 1, threads.length * 2);
      grid.append(fold);
    }
  });
  for (const hold of holds) {
    const bar = holdBar(hold, rowOf, rows.length + 1);
    bar.style.gridColumn = String(hold.cpu * 2 + 1);
    grid.append(bar);
  }
  const root = element(
    'div',
    { class: 'lanes', role: 'group', 'aria-label': 'Steps, one lane for each CPU' },
    grid,
  );
  return { root, show: (n) => mark(cards, n) };
}

function place(made: HTMLElement | SVGElement, row: number, column: number, span: number): void {
  made.style.gridRow = String(row);
  made.style.gridColumn = `${column} / span ${span}`;
}

function numbersOf(row: LaneRow): readonly number[] {
  if (row.kind === 'step') return [row.step.n];
  if (row.kind === 'hand-over') return [];
  return Array.from({ length: row.last - row.first + 1 }, (_, i) => row.first + i);
}

function mark(cards: ReadonlyMap<number, HTMLElement>, n: number): void {
  for (const [number, one] of cards) {
    one.classList.toggle('later', number > n);
    one.classList.toggle('now', number === n);
    one.tabIndex = number === n ? 0 : -1;
    if (number === n) one.setAttribute('aria-current', 'step');
    else one.removeAttribute('aria-current');
  }
  const now = cards.get(n);
  const focused = document.activeElement;
  if (focused instanceof HTMLElement && focused.matches('.card')) now?.focus({ preventScroll: true });
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  // The style keeps room above and below: what led here is what one wants to see with it.
  now?.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: calm ? 'auto' : 'smooth' });
}
