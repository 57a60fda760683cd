import { cpuName } from './cpu.ts';
import { drawn } from './element.ts';

/**
 * An arrow from the lane that stops to the lane that goes on. `gutters` are the widths of the bars beside each lane; the cards
 * share what is left of the width, so the middle of a lane is a part of the whole width and some pixels.
 */
export function handOver(from: number, to: number, gutters: readonly number[]): SVGElement {
  const [start, end] = [middleOf(from, gutters), middleOf(to, gutters)];
  const half = `${(50 * (from + to + 1)) / gutters.length}%`;
  const line = (x1: number | string, y1: number, x2: number | string, y2: number, more = {}): SVGElement =>
    drawn('line', { x1, y1, x2, y2, ...more });
  const at = (part: string, ...lines: readonly SVGElement[]): SVGElement =>
    drawn('svg', { x: part, overflow: 'visible' }, ...lines);
  return drawn(
    'svg',
    { class: 'hand-over', role: 'img', 'aria-label': `${cpuName(to)} goes on` },
    at(start.part, line(start.pixels, 0, start.pixels, 10)),
    // A line cannot end at a part and some pixels: two halves, each moved by the pixels of its end, and what lies between them.
    line(start.part, 10, half, 10, { transform: `translate(${start.pixels} 0)` }),
    at(half, line(start.pixels, 10, end.pixels, 10)),
    line(half, 10, end.part, 10, { transform: `translate(${end.pixels} 0)` }),
    at(end.part, line(end.pixels, 10, end.pixels, 19, { 'marker-end': 'url(#arrow-head)' })),
  );
}

function middleOf(
  lane: number,
  gutters: readonly number[],
): { readonly part: string; readonly pixels: number } {
  const sum = (widths: readonly number[]): number => widths.reduce((a, b) => a + b, 0);
  const part = (lane + 0.5) / gutters.length;
  const pixels = sum(gutters.slice(0, lane + 1)) - part * sum(gutters);
  return { part: `${100 * part}%`, pixels: Math.round(pixels) };
}
