import { bounds, elements } from '../../model/language/variable.ts';
import type { Configuration } from '../program/configuration.ts';
import type { Program } from '../program/program.ts';
import { allRead, type Unread } from '../reduce/slicing.ts';

/**
 * Where the elements of one variable stand in the packed state. Element n is in word `word + floor(n / perWord)`, from bit
 * `shift + (n % perWord) * bits`, stored as its value minus `low`: an element never straddles two words. With 0 bits it is always
 * `low`.
 */
export interface Cells {
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
  readonly perWord: number;
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

/** How a state is packed into 32-bit words. */
export interface Layout {
  readonly words: number;
  readonly shared: ReadonlyMap<string, Cells>;
  /** By thread number. */
  readonly places: readonly Cells[];
  readonly locals: readonly ReadonlyMap<string, Cells>[];
  /** By monitor number. */
  readonly monitors: readonly Cells[];
  /** First words of arrays that span words: an element of them cannot be known to be in one word. */
  readonly spanning: ReadonlySet<number>;
}

type Slot = { -readonly [K in keyof Cells]: Cells[K] };

function slot(what: string, low: number, high: number, count: number, left: boolean): Slot {
  if (!(high >= low && high - low < 2 ** 31)) {
    throw new RangeError(`${what}: a variable takes at most 31 bits, ${low} to ${high} does not fit`);
  }
  const bits = left ? 0 : 32 - Math.clz32(high - low);
  const fits = bits * count <= 32;
  return {
    word: 0,
    shift: 0,
    bits,
    perWord: fits ? Math.max(count, 1) : Math.floor(32 / bits),
    count,
    low,
    high,
  };
}

/** Puts slots into words: arrays that span words first, then the widest first, each where it first fits. */
function place(slots: readonly Slot[]): number {
  const used: number[] = [];
  const width = (s: Slot): number => s.bits * s.count;
  const spans = (s: Slot): boolean => s.perWord < s.count;
  for (const s of slots.filter(spans)) {
    s.word = used.length;
    for (let left = s.count; left > 0; left -= s.perWord) used.push(Math.min(left, s.perWord) * s.bits);
  }
  for (const s of slots.filter((x) => !spans(x)).sort((a, b) => width(b) - width(a))) {
    let word = used.findIndex((u) => u + width(s) <= 32);
    if (word < 0) word = used.push(0) - 1;
    s.word = word;
    s.shift = used[word]! & 31;
    used[word]! += width(s);
  }
  return Math.max(used.length, 1);
}

/** Decides where everything of a program's state stands. What nobody reads takes no room. */
export function layoutOf(program: Program, unread: Unread = allRead): Layout {
  const slots: Slot[] = [];
  const add = (what: string, low: number, high: number, count: number, left = false): Slot => {
    const s = slot(what, low, high, count, left);
    slots.push(s);
    return s;
  };
  const places = program.threads.map((t) => add(t.id, 0, t.places.length - 1, 1));
  const locals = program.threads.map(
    (t) =>
      new Map(
        t.locals.map(({ name, type }) => {
          const { low, high } = bounds(type);
          return [name, add(`local '${name}'`, low, high, 1, unread.locals[t.number]?.has(name))] as const;
        }),
      ),
  );
  const shared = new Map(
    program.system.shared.map((v) => {
      const { low, high } = bounds(v.type);
      return [v.name, add(v.name, low, high, elements(v), unread.shared.has(v.name))] as const;
    }),
  );
  const monitors = program.monitors.map((m) => add(m.id, 0, m.places.length - 1, 1));
  const words = place(slots);
  const spanning = new Set<number>();
  for (const s of slots.filter((x) => x.perWord < x.count)) {
    for (let n = 0; n < s.count; n += s.perWord) spanning.add(s.word + n / s.perWord);
  }
  return { words, shared, places, locals, monitors, spanning };
}

/** The bits of a value of these cells, before they are shifted to where they stand. */
export const maskOf = (cells: Cells): number => 2 ** cells.bits - 1;

function put(cells: Cells, n: number, value: number, into: Int32Array, at: number): void {
  if (!(value >= cells.low && value <= cells.high)) {
    throw new RangeError(`value ${value} is outside ${cells.low} to ${cells.high}`);
  }
  if (cells.bits === 0) return;
  const word = at + cells.word + Math.floor(n / cells.perWord);
  const shift = cells.shift + (n % cells.perWord) * cells.bits;
  into[word] = (into[word]! & ~(maskOf(cells) << shift)) | ((value - cells.low) << shift);
}

function take(cells: Cells, n: number, from: Int32Array, at: number): number {
  if (cells.bits === 0) return cells.low;
  const word = at + cells.word + Math.floor(n / cells.perWord);
  const shift = cells.shift + (n % cells.perWord) * cells.bits;
  return ((from[word]! >>> shift) & maskOf(cells)) + cells.low;
}

/** Packs a configuration into words. */
export function pack(
  program: Program,
  layout: Layout,
  now: Configuration,
  into: Int32Array,
  at: number,
): void {
  into.fill(0, at, at + layout.words);
  for (const [name, cells] of layout.shared) {
    const values = now.shared[name]!;
    try {
      for (let n = 0; n < cells.count; n++) put(cells, n, values[n]!, into, at);
    } catch (error) {
      throw new RangeError(`${name}: ${(error as Error).message}`, { cause: error });
    }
  }
  for (const thread of program.threads) {
    const { place: at_, local } = now.threads[thread.number]!;
    put(layout.places[thread.number]!, 0, at_, into, at);
    for (const [name, cells] of layout.locals[thread.number]!) put(cells, 0, local[name]!, into, at);
  }
  now.monitors.forEach((p, m) => {
    put(layout.monitors[m]!, 0, p, into, at);
  });
}

/** Reads a packed state back. */
export function unpack(program: Program, layout: Layout, from: Int32Array, at: number): Configuration {
  const shared = Object.fromEntries(
    [...layout.shared].map(([name, cells]) => [
      name,
      Array.from({ length: cells.count }, (_, n) => take(cells, n, from, at)),
    ]),
  );
  const threads = program.threads.map((thread) => ({
    place: take(layout.places[thread.number]!, 0, from, at),
    local: Object.fromEntries(
      [...layout.locals[thread.number]!].map(([name, cells]) => [name, take(cells, 0, from, at)]),
    ),
  }));
  return { shared, threads, monitors: layout.monitors.map((cells) => take(cells, 0, from, at)) };
}

/** The place of a thread in a packed state. */
export const placeIn = (layout: Layout, thread: number, from: Int32Array, at: number): number =>
  take(layout.places[thread]!, 0, from, at);
