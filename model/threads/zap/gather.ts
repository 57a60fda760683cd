import type { Path } from '../../kernel/path.ts';
import { flushCanEnd, flushMm } from '../../kernel/tlb.ts';
import { set } from '../../language/effect.ts';
import { both, differ, literal, minus, NONE, not } from '../../language/expression.ts';
import type { Fragment } from '../../language/machine.ts';
import { plain } from '../fault/site.ts';
import { always, chain, type Link } from './chain.ts';
import { takers, type ZapLocals } from './locals.ts';
import { freeTable, queueTable } from './table-page.ts';

/**
 * tlb_flush_mmu(): a flush of the mm if anything was recorded that needs one, then every batched page is put and every
 * gathered table; with RCU the tables are queued first. The flush that tlb_finish_mmu() adds when another gather of the mm
 * is open is left out: it flushes what that one is still going to flush.
 */
export const flushAndFree = (path: Path, l: ZapLocals, slots: readonly number[]): Fragment<'next'> => {
  const pages = slots.flatMap((s) =>
    Array.from({ length: path.k.shape.entries }, (_, e) => putPage(path, l, s, e)),
  );
  const tables = slots.flatMap((s) =>
    takers.map((by) => (path.k.shape.rcuTableFree ? queueTable : freeTable)(path, l, s, by)),
  );
  return chain(
    flush(path, l),
    ...(path.k.shape.rcuTableFree ? [...tables, ...pages] : [...pages, ...tables]),
  );
};

const flush = ({ k, mm }: Path, l: ZapLocals): Link => ({
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
    { when: not(l.flushDue), effects: [], kinds: [] },
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
