import type { Cast } from './cast.ts';
import { readLocation } from './locations.ts';
import { entryText, mmText, readSlot, slotText } from './state-words.ts';
import type { Values } from './unpack.ts';

/** A state as boxes: mms with their slots on the left, tables on the right, an arrow from each slot to its table. */
export interface StatePicture {
  readonly width: number;
  readonly height: number;
  readonly mms: readonly Box[];
  readonly slots: readonly SlotBox[];
  readonly tables: readonly TableBox[];
  readonly arrows: readonly Arrow[];
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly lines: readonly Line[];
}

/** A line of text in a box: what it tells, from which location; `holder` is the thread that has the lock. */
export interface Line {
  readonly y: number;
  readonly text: string;
  readonly location: string;
  readonly holder: string | null;
}

export interface SlotBox extends Box {
  readonly location: string;
  readonly writable: boolean;
}

export interface TableBox extends Box {
  readonly life: string;
}

export interface Arrow {
  readonly slot: string;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly writable: boolean;
}

const column = 172;
const between = 72;
const line = 17;
const head = 22;
const slotHeight = 26;
const gap = 10;
/** As many signs of 12 px monospace as fit a box. */
const most = 21;

const cut = (text: string): string => (text.length > most ? `${text.slice(0, most - 1)}\u2026` : text);

/** Places the boxes for the values of one state; the geometry depends on the cast alone. */
export function statePicture(cast: Cast, values: Values, threads: readonly string[]): StatePicture {
  const mms: Box[] = [];
  const slots: SlotBox[] = [];
  const tables: TableBox[] = [];
  const value = (at: string): string => values.get(at) ?? '';
  const holder = (at: string): string | null => (threads.includes(value(at)) ? value(at) : null);
  let y = 1;
  for (const mm of cast.mms) {
    const top = y;
    y += head;
    const lines = mm.others.map((location) => {
      y += line;
      return { y: y - 5, text: cut(mmText(location, value(location))), location, holder: holder(location) };
    });
    for (const location of mm.slots) {
      const { writable } = readSlot(value(location));
      const title = cut(
        `slot ${readLocation(location).indices.slice(1).join(':')}  ${slotText(value(location))}`,
      );
      const place = { x: 9, y: y + 4, width: column - 16, height: slotHeight };
      slots.push({ ...place, title, lines: [], location, writable });
      y += slotHeight + 7;
    }
    y += 4;
    mms.push({ x: 1, y: top, width: column, height: y - top, title: `mm ${mm.name}`, lines });
    y += gap;
  }
  const left = y;
  y = 1;
  for (const table of cast.tables) {
    const top = y;
    y += head;
    const lines: Line[] = [];
    const tell = (location: string, text: string): void => {
      y += line;
      lines.push({ y: y - 5, text: cut(text), location, holder: holder(location) });
    };
    const life = value(`life[${table.name}]`);
    tell(`ref[${table.name}]`, `count ${value(`ref[${table.name}]`)}`);
    if (table.lock !== null) {
      const by = holder(table.lock);
      tell(table.lock, by === null ? 'lock free' : `lock held by ${by}`);
    }
    for (const entry of table.entries) {
      tell(entry, entryText(entry, value(entry)));
    }
    y += 7;
    tables.push({
      x: column + between,
      y: top,
      width: column,
      height: y - top,
      title: table.name,
      lines,
      life,
    });
    y += gap;
  }
  const height = Math.max(left, y, gap) - gap + 1;
  return {
    width: 2 * column + between + 2,
    height,
    mms,
    slots,
    tables,
    arrows: arrowsOf(slots, tables, value),
  };
}

function arrowsOf(
  slots: readonly SlotBox[],
  tables: readonly TableBox[],
  value: (at: string) => string,
): readonly Arrow[] {
  return slots.flatMap((slot) => {
    const { table, writable } = readSlot(value(slot.location));
    const target = tables.find((box) => box.title === table);
    if (!target) return [];
    const same = slots.filter((s) => readSlot(value(s.location)).table === table);
    // Arrows to one table end below one another.
    const end = target.y + (target.height * (same.indexOf(slot) + 1)) / (same.length + 1);
    return [
      {
        slot: slot.location,
        from: [slot.x + slot.width, slot.y + slot.height / 2] as const,
        to: [target.x, Math.round(end)] as const,
        writable,
      },
    ];
  });
}
