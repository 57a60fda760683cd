import { type Cast, castOf } from '../cast.ts';
import {
  type Arrow,
  type Box,
  type Line,
  type SlotBox,
  statePicture,
  type TableBox,
} from '../state-picture.ts';
import type { ShownStep, ShownTrace } from '../unpack.ts';
import { cpuClass } from './cpu.ts';
import { drawn } from './element.ts';

/** A state, and what the step that led to it read and wrote. */
export type Moment = Pick<ShownStep, 'values' | 'reads' | 'writes'>;

/** Draws the state after each step; what the step wrote is marked. */
export class StateBoxes {
  private readonly cast: Cast;
  private readonly threads: readonly string[];

  constructor(trace: ShownTrace) {
    this.cast = castOf(trace);
    this.threads = trace.threads.map((thread) => thread.id);
  }

  draw(step: Moment): SVGElement {
    const picture = statePicture(this.cast, step.values, this.threads);
    const { width, height, mms, slots, tables, arrows } = picture;
    const said = [
      ...slots.map((slot) => `${slot.location} ${slot.title}${slot.writable ? ', writable' : ''}`),
      ...tables.map((table) => `${table.title}: ${table.lines.map((line) => line.text).join(', ')}`),
    ].join('; ');
    return drawn(
      'svg',
      { class: 'state', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': said },
      ...mms.map((mm) => this.box(mm, 'mm', step)),
      ...tables.map((table) => this.table(table, step)),
      ...arrows.map((arrow) => arrowLine(arrow, step)),
      ...slots.map((slot) => slotBox(slot, step)),
    );
  }

  private table(table: TableBox, step: Moment): SVGElement {
    const group = this.box(table, `table ${table.life}`, step);
    if (!['published', ''].includes(table.life)) {
      group.append(
        drawn('text', { x: table.x + table.width - 8, y: table.y + 16, class: 'life' }, lifeText(table.life)),
      );
    }
    return group;
  }

  private box(box: Box, kind: string, step: Moment): SVGElement {
    return drawn(
      'g',
      { class: `box ${kind}` },
      drawn('rect', { x: box.x, y: box.y, width: box.width, height: box.height, rx: 5 }),
      drawn('text', { x: box.x + 9, y: box.y + 16, class: 'title' }, box.title),
      ...box.lines.map((line) => this.line(box, line, step)),
    );
  }

  private line({ x, width }: Box, { y, text, location, holder }: Line, step: Moment): SVGElement {
    const held = holder === null ? '' : ` held ${cpuClass(this.threads.indexOf(holder))}`;
    const group = drawn('g', { class: `value${held}${mark(location, step)}` });
    if (held !== '' || step.writes.includes(location)) {
      group.append(drawn('rect', { x: x + 4, y: y - 13, width: width - 8, height: 17, rx: 3 }));
    }
    group.append(drawn('text', { x: x + 9, y }, text));
    return group;
  }
}

const mark = (location: string, step: Moment): string =>
  step.writes.includes(location) ? ' written' : step.reads.includes(location) ? ' read' : '';

const lifeText = (life: string): string => (life === 'unallocated' ? 'not allocated' : life);

function slotBox(slot: SlotBox, step: Moment): SVGElement {
  const { x, y, width, height, title, writable, location } = slot;
  return drawn(
    'g',
    { class: `slot${writable ? '' : ' protected'}${mark(location, step)}` },
    drawn('rect', { x, y, width, height, rx: 3 }),
    drawn('text', { x: x + 8, y: y + 17 }, title),
  );
}

function arrowLine({ from: [x1, y1], to: [x2, y2], writable, slot }: Arrow, step: Moment): SVGElement {
  const bend = (x2 - x1) / 2;
  const d = `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 5} ${y2}`;
  return drawn('path', {
    class: `points${writable ? '' : ' protected'}${mark(slot, step)}`,
    d,
    'marker-end': 'url(#arrow-head)',
  });
}
