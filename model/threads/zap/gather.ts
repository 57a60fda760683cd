import { each } from '../../kernel/kernel.ts';
import type { Path } from '../../kernel/path.ts';
import { flushCanEnd, flushMm } from '../../kernel/tlb.ts';
import { set } from '../../language/effect.ts';
import { both, differ, literal, minus, NONE, not } from '../../language/expression.ts';
import type { Fragment } from '../../language/machine.ts';
import type { Edits } from '../../variants/protocol.ts';
import { plain } from '../fault/site.ts';
import { always, chain, type Link } from './chain.ts';
import { type Taker, takers, type ZapLocals } from './locals.ts';
import { freeTable, queueTable } from './table-page.ts';

/** What the gather can hold at a moment: pages of these slots, and these tables. */
export interface Gathered {
  readonly pages: readonly number[];
  readonly tables: readonly (readonly [slot: number, by: Taker])[];
  /** The flush may have been done already. */
  readonly mayBeFlushed?: boolean;
}

/**
 * tlb_flush_mmu(): a flush of the mm if anything was recorded that needs one, then every batched page is put and every
 * gathered table; with RCU the tables are queued first. The flush that tlb_finish_mmu() adds when another gather of the mm
 * is open is left out: it flushes what that one is still going to flush.
 */
export const flushAndFree = (path: Path, l: ZapLocals, gathered: Gathered): Fragment<'next'> => {
  const { rcuTableFree } = path.k.shape;
  const pages = gathered.pages.flatMap((s) => each(path.k.entry, (e) => putPage(path, l, s, e)));
  const tables = gathered.tables.map(([s, by]) => (rcuTableFree ? queueTable : freeTable)(path, l, s, by));
  const first = flush(path, l, gathered.mayBeFlushed ?? false);
  return chain(first, ...(rcuTableFree ? [...tables, ...pages] : [...pages, ...tables]));
};

/** At the end of a path that has called free_pgtables(). Version 4 takes no table from a slot before. */
export const everything = (slots: readonly number[], edits: Edits): Gathered => ({
  pages: slots,
  tables: slots.flatMap((s) =>
    takers.filter((by) => by === 'free' || edits.break === 'v5').map((by) => [s, by] as const),
  ),
});

const flush = ({ k, mm }: Path, l: ZapLocals, mayBeFlushed: boolean): Link => ({
  name: 'gather_flush',
  isDue: literal(1),
  place: {
    site: plain('tlb_flush_mmu_tlbonly', 'include/asm-generic/tlb.h'),
    line: 446,
    says: 'flush the TLBs of the mm, if anything was unmapped',
  },
  ways: [
    {
      when: both(l.flushDue, flushCanEnd(k, mm)),
      effects: [...flushMm(k, mm), set(l.flushDue, 0)],
      kinds: ['flush'],
    },
    // Whatever the gather holds was recorded for the flush.
    { when: not(l.flushDue), effects: [], kinds: [], isLast: !mayBeFlushed },
  ],
});

const putPage = ({ k }: Path, l: ZapLocals, slot: number, entry: number): Link => {
  const held = l.batched(slot, entry);
  const count = k.pageCount.at(held);
  return {
    name: `put_page_${slot}_${entry}`,
    isDue: differ(held, NONE),
    place: {
      site: plain('tlb_batch_pages_flush', 'mm/mmu_gather.c'),
      line: 60,
      says: `page refcount -1 (entry ${entry})`,
    },
    ways: always(set(count, minus(count, 1)), set(held, NONE)),
  };
};
