import {
  ENTRY_KIND,
  type EntryAtStart,
  type Party,
  SLOT_KIND,
  type SlotAtStart,
} from '../model/kernel/kernel.ts';
import { NONE } from '../model/language/expression.ts';
import type { PathName, Scenario } from '../model/scenarios/scenario.ts';
import { kernelPath } from '../model/threads/index.ts';

/** Which tables, entries and pages exist at the start, and the constants of the threads that follow from them. */
export interface Start {
  readonly tables: number;
  readonly slotAtStart: (mm: number, slot: number) => SlotAtStart;
  /** Entries per table: the mapped ones of the configuration, then one for each path that needs another kind. */
  readonly entries: number;
  readonly entryAtStart: (table: number, entry: number) => EntryAtStart;
  readonly vmaGoneAtStart: (mm: number, slot: number, entry: number | null) => boolean;
  readonly vmaSplitAtStart: (mm: number, slot: number) => boolean;
  readonly pages: readonly string[];
  /** The zero page, if some path maps it, else NONE; and the pages whose mappings hold no reference. */
  readonly zeroPage: number;
  readonly uncountedPages: readonly number[];
  /** The entry that a thread works on, and the page that it may put there. */
  readonly entryOf: (thread: number) => number;
  readonly pageOf: (thread: number) => number;
}

/**
 * One common table per slot number for all mms that share it, one of its own for each private slot; per table one page for
 * every entry that names one; then the page of each thread that may allocate one, then those that paths share.
 */
export function startOf(scenario: Scenario): Start {
  const { config, threads } = scenario;
  const { tables, slotAtStart } = tablesOf(scenario);
  const paths = threads.map((t) => kernelPath(t.run));
  const extra = [...new Set(threads.filter((t) => kernelPath(t.run).needsEntry !== null).map((t) => t.run))];
  const entries = config.entries + extra.length;
  const pages: string[] = [];
  const add = (label: string): number => pages.push(label) - 1;
  const content = Array.from({ length: tables }, (_, t) =>
    Array.from({ length: entries }, (__, e): EntryAtStart => {
      const needs = e < config.entries ? null : kernelPath(extra[e - config.entries] as PathName).needsEntry;
      const isFree = each(scenario.mms.length, (m) =>
        each(config.slots, (s) => slotAtStart(m, s).table === t && isDestination(scenario, m, s, e)),
      );
      if (needs === 'hole' || isFree.flat().includes(true))
        return { kind: ENTRY_KIND.present, page: NONE, writable: 0 };
      const kind = needs === null ? ENTRY_KIND.present : ENTRY_KIND[needs];
      return { kind, page: add(tables > 1 ? `P${t}.${e}` : `P${e}`), writable: 0 };
    }),
  );
  const common = new Map<string, number>();
  const shared = (name: string): number => {
    const known = common.get(name) ?? add(`the ${name} page`);
    common.set(name, known);
    return known;
  };
  const pinned = paths.some((p) => p.party === 'gup');
  const pageOfThread = paths.map(({ page, forks }, i) => {
    // A fork copies a pinned page: one for each slot.
    if (forks && pinned) {
      const copies = Array.from({ length: config.slots }, (_, s) =>
        add(`page ${s} of ${threadIds(scenario)[i]}`),
      );
      return copies[0] ?? 0;
    }
    if (page === null) return 0;
    return page === 'own' ? add(`new page of ${threadIds(scenario)[i]}`) : shared(page);
  });
  const zeroPage = paths.some((p) => p.mapsZeroPage) ? shared('zero') : NONE;
  return {
    tables,
    slotAtStart,
    entries,
    entryAtStart: (t, e) => content[t]?.[e] ?? { kind: ENTRY_KIND.present, page: NONE, writable: 0 },
    vmaGoneAtStart: (m, s, e) => isDestination(scenario, m, s, e),
    vmaSplitAtStart: (m, s) => movesTo(scenario, m, s).some((t) => t.entry !== null),
    pages,
    zeroPage,
    uncountedPages: [zeroPage, common.get('pfn') ?? NONE].filter((page) => page !== NONE),
    entryOf: (i) => {
      const t = threads[i];
      if (!t) return 0;
      return t.entry ?? (kernelPath(t.run).needsEntry === null ? 0 : config.entries + extra.indexOf(t.run));
    },
    pageOf: (i) => pageOfThread[i] ?? 0,
  };
}

const each = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** The threads that move something to a slot. Where it goes there is no vma, and nothing mapped. */
const movesTo = (scenario: Scenario, mm: number, slot: number) =>
  scenario.threads.filter((t) => t.mm === scenario.mms[mm]?.name && t.to === slot);

const isDestination = (scenario: Scenario, mm: number, slot: number, entry: number | null): boolean =>
  movesTo(scenario, mm, slot).some((t) => t.entry === null || t.entry === entry);

function tablesOf(scenario: Scenario) {
  let tables = 0;
  const common = new Map<number, number>();
  const empty: SlotAtStart = { kind: SLOT_KIND.table, table: NONE, writable: 0 };
  const slots = scenario.mms.map((mm) =>
    mm.slots.map((content, s): SlotAtStart => {
      switch (content) {
        case 'none':
          return empty;
        case 'private':
          return { ...empty, table: tables++, writable: 1 };
        case 'shared': {
          const table = common.get(s) ?? tables++;
          common.set(s, table);
          return { ...empty, table };
        }
        default:
          return { ...empty, kind: SLOT_KIND[content] };
      }
    }),
  );
  return { tables, slotAtStart: (mm: number, slot: number): SlotAtStart => slots[mm]?.[slot] ?? empty };
}

/** `MM/index among the threads of that mm in file order`. */
export function threadIds(scenario: Scenario): string[] {
  const seen = new Map<string, number>();
  return scenario.threads.map((t) => {
    const n = seen.get(t.mm) ?? 0;
    seen.set(t.mm, n + 1);
    return `${t.mm}/${n}`;
  });
}

/** The threads of one kind of party, by name and mm. */
export const partiesOf = (scenario: Scenario, kind: 'cpu' | 'gup'): Party[] =>
  threadIds(scenario).flatMap((label, i) => {
    const t = scenario.threads[i];
    if (!t || kernelPath(t.run).party !== kind) return [];
    return [{ label, mm: scenario.mms.findIndex((mm) => mm.name === t.mm) }];
  });
