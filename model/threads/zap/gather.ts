import type { Kernel } from '../../kernel/kernel.ts';
import { LIFE } from '../../kernel/kernel.ts';
import type { Path } from '../../kernel/path.ts';
import { isFree, lockIsInTable } from '../../kernel/pte-lock.ts';
import { freedRightly } from '../../kernel/table.ts';
import { assert, type Effect, set, when } from '../../language/effect.ts';
import { differ, equal, type LocalRead, minus, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, type Site, sequence } from '../../language/machine.ts';
import { plain } from '../fault/site.ts';
import type { ZapLocals } from './locals.ts';

/** What properties ask for: a table's page went back to the allocator. */
export const FREES_TABLE = 'table freed';

const gatherSite = plain('tlb_flush_mmu', 'mm/mmu_gather.c');

/** The page of a gathered table is put: with its last reference it is freed. */
const putTablePage = (k: Kernel, table: LocalRead): Effect[] => {
  const count = k.count.at(table);
  const lockFree: Effect[] = lockIsInTable(k)
    ? [
        assert(
          'no-use-after-free',
          isFree(k.ptl.at(table)),
          'the lock of {0} free when it is freed',
          'it is held by {1}',
          [table, k.ptl.at(table)],
        ),
      ]
    : [];
  return [
    ...when(equal(count, 1), [freedRightly(k, table), ...lockFree, set(k.life.at(table), LIFE.freed)]),
    set(count, minus(count, 1)),
    set(table, NONE),
  ];
};

/** One thing of the gather, if it is there: a page's reference or a table. */
const putOne = (
  name: string,
  held: LocalRead,
  says: string,
  kinds: readonly string[],
  effects: readonly Effect[],
  site: Site,
) =>
  fragment({
    site,
    entry: name,
    exits: ['next'],
    places: {
      [name]: { line: 98, says, kinds, on: [goIf(equal(held, NONE), 'next'), go('next', ...effects)] },
    },
  });

/**
 * tlb_flush_mmu(): a flush of the mm, then every batched page is put, then every gathered table. A slot of the gather that
 * is empty costs a step that touches nothing.
 */
export const flushAndFree = ({ k }: Path, l: ZapLocals, slots: readonly number[]): Fragment<'next'> => {
  const flush = fragment({
    site: plain('tlb_flush_mmu_tlbonly', 'include/asm-generic/tlb.h'),
    entry: 'gather_flush',
    exits: ['next'],
    places: { gather_flush: { line: 455, says: 'flush the TLBs of the mm', on: [go('next')] } },
  });
  const pages = slots.flatMap((s) =>
    (l.batched[s] ?? []).map((held, e) => {
      const count = k.pageCount.at(held);
      const put = [set(count, minus(count, 1)), set(held, NONE)];
      return putOne(`put_page_${s}_${e}`, held, `page refcount -1 (entry ${e})`, [], put, gatherSite);
    }),
  );
  const tables = slots.map((s) => {
    const held = l.gathered[s] as LocalRead;
    return putOne(
      `free_table_${s}`,
      held,
      'free the table',
      [FREES_TABLE],
      putTablePage(k, held),
      gatherSite,
    );
  });
  return sequence(flush, ...pages, ...tables);
};

/** free_pte_range(): read slot, clear it, hand the table to the gather. The gather is private to the thread. */
export const freePteRange = ({ k, mm }: Path, l: ZapLocals, slot: number): Fragment<'next'> => {
  const gathered = l.gathered[slot] as LocalRead;
  return named(
    'free_pte_range',
    fragment({
      site: plain('free_pte_range'),
      entry: 'read_slot',
      exits: ['next'],
      places: {
        read_slot: {
          line: 224,
          says: 'read slot -> table',
          on: [go('clear_slot', set(gathered, k.slotTable.at(mm, slot)))],
        },
        clear_slot: {
          line: 225,
          says: 'store slot: empty; table to the mmu_gather',
          kinds: ['table unlinked'],
          on: [
            go(
              'next',
              ...unlink(k, gathered),
              set(k.slotTable.at(mm, slot), NONE),
              set(k.slotWritable.at(mm, slot), 0),
            ),
          ],
        },
      },
    }),
  );
};

const unlink = (k: Kernel, table: LocalRead): readonly Effect[] =>
  when(differ(table, NONE), [set(k.life.at(table), LIFE.unlinked)]);
