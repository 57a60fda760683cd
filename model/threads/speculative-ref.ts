import { type Kernel, LIFE } from '../kernel/kernel.ts';
import { type Path, pathOf, pathParameters } from '../kernel/path.ts';
import { lockFreeWhenFreed, lockIsInTable } from '../kernel/pte-lock.ts';
import { slotIsTable, slotsOn } from '../kernel/slot.ts';
import { assert, type Effect, set } from '../language/effect.ts';
import { both, either, equal, type LocalRead, minus, NONE, not, plus } from '../language/expression.ts';
import { counted, type Fragment, fragment, go, goIf, machine } from '../language/machine.ts';
import { locals } from '../language/variable.ts';
import type { Edits } from '../variants/protocol.ts';
import { plain } from './fault/site.ts';
import { type KernelPath, ordinary, type PathOptions } from './path.ts';
import { startAfter } from './start.ts';

/**
 * A stranger who looks at pages by their numbers, as compaction does: it comes upon the page of the table, raises the
 * refcount unless it is 0, finds that the page is not for it and drops the reference again. It may do so any number of
 * times, and stop at any time without a reference. The slot only tells which page is meant.
 */
const speculativeRef = (k: Kernel, _edits: Edits, options: PathOptions) => {
  const path = pathOf(k, 0);
  const { local: l, declared } = locals({ table: k.tableOrNone });
  return machine('speculative-ref', startAfter(path, options, stranger(path, l.table)), {
    locals: declared,
    parameters: pathParameters,
  });
};

const site = plain('isolate_migratepages_block', 'mm/compaction.c');

const stranger = ({ k, mm, slot }: Path, table: LocalRead): Fragment<never> => {
  const count = k.count.at(table);
  const mine = k.speculative.at(table);
  const apart = k.shape.shareCount;
  const drop = [...(apart ? [] : [set(count, minus(count, 1))]), set(mine, minus(mine, 1)), set(table, NONE)];
  const take = [...(apart ? [] : [set(count, plus(count, 1))]), set(mine, plus(mine, 1))];
  // With a counter of its own for the sharers, the page has one more reference until its owner puts it.
  const isLast = apart ? both(equal(mine, 1), equal(count, 0)) : equal(count, 1);
  const isGone = equal(k.life.at(table), LIFE.freed);
  return fragment({
    site,
    entry: 'find_page',
    exits: ['ended'],
    places: {
      find_page: {
        line: 992,
        says: 'come upon the page of the table, or end',
        on: {
          FIND: [goIf(slotIsTable(k, mm, slot), 'get_page', set(table, k.slotTable.at(mm, slot)))],
          END: [go('ended')],
        },
      },
      get_page: {
        line: 992,
        says: 'count +1 unless 0',
        on: [
          goIf(apart ? isGone : either(equal(count, 0), isGone), 'find_page', set(table, NONE)),
          go('put_page', take),
        ],
      },
      put_page: {
        line: 1171,
        says: 'count -1; at 0 the page is freed',
        on: [
          counted(goIf(both(isLast, not(isGone)), 'find_page', freesPage(k, table), drop), 'table freed'),
          go('find_page', drop),
        ],
      },
    },
  }) as Fragment<never>;
};

/**
 * The drop is the last one. That is right only for a table whose owner has handed it to the mmu_gather and put it there; any
 * other is freed without the table's destructor, and its lock word with it.
 */
const freesPage = (k: Kernel, table: LocalRead): Effect[] => [
  assert(
    'refcount-matches',
    both(equal(k.life.at(table), LIFE.unlinked), equal(slotsOn(k, table), 0)),
    'no table in use among the pages that a stranger frees with its last reference',
    '{0} was not torn down; slots on it: {1}',
    [table, slotsOn(k, table)],
  ),
  ...(lockIsInTable(k) ? [lockFreeWhenFreed(k, table)] : []),
  set(k.life.at(table), LIFE.freed),
];

export const speculativeRefPath: KernelPath = {
  ...ordinary,
  name: 'speculative-ref',
  build: speculativeRef,
  isTask: false,
  speculates: true,
};
