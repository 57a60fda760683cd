import { type Kernel, LIFE } from '../../kernel/kernel.ts';
import type { Path } from '../../kernel/path.ts';
import { lockFreeWhenFreed, sourceLockIsInTable } from '../../kernel/pte-lock.ts';
import { freedRightly, notFreed } from '../../kernel/table.ts';
import { type Effect, set, when } from '../../language/effect.ts';
import {
  all,
  any,
  both,
  differ,
  type Expression,
  either,
  equal,
  greater,
  type LocalRead,
  literal,
  minus,
  NONE,
  not,
} from '../../language/expression.ts';
import { type Fragment, fragment, goIf, sequence, wire } from '../../language/machine.ts';
import { plain } from '../fault/site.ts';
import type { Link, Way } from './chain.ts';
import { type Taker, takers, waitsForGup, type ZapLocals } from './locals.ts';

/** What properties ask for: a table's page went back to the allocator. */
const FREES_TABLE = 'table freed';

const gather = plain('tlb_batch_pages_flush', 'mm/mmu_gather.c');
const rcu = plain('tlb_table_flush', 'mm/mmu_gather.c');

/**
 * put_page() of a table's page. Its last reference frees it; while a stranger holds another one it lives on. A page that was
 * freed before is put once too often.
 */
const putPage = (k: Kernel, table: LocalRead): readonly Way[] => {
  const count = k.count.at(table);
  const lockFree: Effect[] = sourceLockIsInTable(k) ? [lockFreeWhenFreed(k, table)] : [];
  const free = [freedRightly(k, table), ...lockFree, set(k.life.at(table), LIFE.freed), set(count, 0)];
  const put = [notFreed(k, table, 'count update'), ...when(greater(count, 0), [set(count, minus(count, 1))])];
  // A stranger's reference is in the count, or, where sharers are counted apart, beside it.
  const alone = k.shape.speculation && k.shape.shareCount ? equal(k.speculative.at(table), 0) : literal(1);
  const isLast = all([equal(count, 1), alone, differ(k.life.at(table), LIFE.freed)]);
  return [
    { when: isLast, effects: [...free, set(table, NONE)], kinds: [FREES_TABLE] },
    { when: literal(1), effects: [...put, set(table, NONE)], kinds: [] },
  ];
};

/** Without RCU the page is in the same batch as those of the entries: it is put once the mm was flushed. */
export const freeTable = ({ k }: Path, l: ZapLocals, slot: number, by: Taker): Link => {
  const held = l.gathered(slot, by);
  return {
    name: `free_table_${by}_${slot}`,
    isDue: differ(held, NONE),
    place: { site: gather, line: 60, says: 'put the page of the table' },
    ways: putPage(k, held),
  };
};

/**
 * call_rcu(). The callback waits for every GUP-fast walk that is inside now. If there is none it runs at once: the earliest
 * moment at which the page can be freed is the worst one. Otherwise the thread goes on and the callback runs at its end.
 */
export const queueTable = ({ k }: Path, l: ZapLocals, slot: number, by: Taker): Link => {
  const held = l.gathered(slot, by);
  const gups = Array.from({ length: k.gup.size }, (_, g) => g);
  const queue: Effect[] = waitsForGup(k)
    ? [
        set(l.queued(slot, by), held),
        ...gups.map((g) => set(l.inside(slot, by, g), k.irqsOff.at(g))),
        set(held, NONE),
      ]
    : [];
  const later: Way[] = waitsForGup(k)
    ? [{ when: any(gups.map((g) => k.irqsOff.at(g))), effects: queue, kinds: ['table queued for RCU'] }]
    : [];
  return {
    name: `free_table_${by}_${slot}`,
    isDue: differ(held, NONE),
    place: { site: rcu, line: 215, says: 'call_rcu(): put the page of the table' },
    ways: [...later, ...putPage(k, held)],
  };
};

/** What a path ends with: the callbacks that are still to come. */
export const afterGrace = (path: Path, l: ZapLocals, slots: readonly number[]): Fragment<never> | 'ended' => {
  const { k } = path;
  if (!waitsForGup(k)) return 'ended';
  const callbacks = slots.flatMap((s) => takers.map((by) => callback(k, l, s, by)));
  return wire(sequence(...callbacks), { next: 'ended' });
};

const callback = (k: Kernel, l: ZapLocals, slot: number, by: Taker): Fragment<'next'> => {
  const held = l.queued(slot, by);
  const have: Expression = all(
    Array.from({ length: k.gup.size }, (_, g) => either(not(l.inside(slot, by, g)), not(k.irqsOff.at(g)))),
  );
  const name = `rcu_free_${by}_${slot}`;
  return fragment({
    site: plain('tlb_remove_table_rcu', 'mm/mmu_gather.c'),
    entry: name,
    exits: ['next'],
    places: {
      [name]: {
        line: 171,
        says: 'RCU callback: put the page of the table',
        on: [
          goIf(equal(held, NONE), 'next'),
          ...putPage(k, held).map((way) => ({
            ...goIf(both(have, way.when), 'next' as const, ...way.effects),
            kinds: way.kinds,
          })),
        ],
      },
    },
  });
};
