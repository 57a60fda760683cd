import { derefEmptySlot } from '../../kernel/empty-slot.ts';
import type { Path } from '../../kernel/path.ts';
import { notFreed } from '../../kernel/table.ts';
import { type Effect, set, warnUnless, when } from '../../language/effect.ts';
import {
  both,
  differ,
  type Expression,
  equal,
  type LocalRead,
  minus,
  NONE,
} from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf } from '../../language/machine.ts';
import type { BreakLocals } from './locals.ts';
import { BREAK_OPEN } from './section.ts';
import { breakSite } from './site.ts';

const tags = [BREAK_OPEN];
/** What properties ask for: the put of the break was evaluated. */
export const PUTS = 'break puts the old table';

/** What properties ask for: the warning round that put was evaluated. */
const PUT_WARNS = 'put warning evaluated';

const warnIfLast = ({ k }: Path, table: LocalRead): Effect =>
  warnUnless(
    'put-never-last',
    differ(k.count.at(table), 1),
    'a count other than 1 at the put',
    '{0} has count {1}',
    [table, k.count.at(table)],
  );

/**
 * pmd_put_pte(): one atomic step, page_ref_add_unless(-1, 1). It never takes the count from 1 to 0; that of a page which is
 * freed already goes below 0, and the put counts as done.
 */
export const putTable = ({ k }: Pick<Path, 'k'>, table: Expression): Effect[] => [
  notFreed(k, table, 'count update'),
  ...when(differ(k.count.at(table), 1), [set(k.count.at(table), minus(k.count.at(table), 1))]),
];

/**
 * VM_WARN_ON(!pmd_put_pte(&cowed_entry)). Without CONFIG_DEBUG_VM the put is not evaluated (include/linux/mmdebug.h),
 * unless it stands outside the warning. */
export const putCowed = (path: Path, table: LocalRead, putAlways: boolean): Fragment<'next'>[] => {
  const { k } = path;
  if (!k.shape.debugVm && !putAlways) return [];
  return [
    fragment({
      site: breakSite,
      entry: 'put_cowed_table',
      exits: ['next'],
      places: {
        put_cowed_table: {
          line: 5344,
          comment: 5338,
          says: 'put the old table: count -1 unless 1',
          kinds: k.shape.debugVm ? [PUTS, PUT_WARNS] : [PUTS],
          tags,
          on: [
            goIf(equal(table, NONE), 'stopped', derefEmptySlot('pmd_put_pte')),
            go('next', k.shape.debugVm ? [warnIfLast(path, table)] : [], putTable(path, table)),
          ],
        },
      },
    }),
  ];
};

/** v5-put-before-lock: the slot is read anew for the table to put. */
export const putBeforeLock = (path: Path, l: BreakLocals): Fragment<'next'>[] => {
  const { k, mm, slot } = path;
  if (!k.shape.debugVm) return [];
  const table = k.slotTable.at(mm, slot);
  return [
    fragment({
      site: breakSite,
      entry: 'put_read_slot',
      exits: ['next'],
      places: {
        put_read_slot: {
          line: 5344,
          says: 'read slot for the put',
          tags,
          on: [go('put_table', set(l.seen, table))],
        },
        put_table: {
          line: 5344,
          says: 'put the table: count -1 unless 1',
          kinds: [PUTS, PUT_WARNS],
          tags,
          on: [
            goIf(equal(l.seen, NONE), 'stopped', derefEmptySlot('pmd_put_pte')),
            go('next', warnIfLast(path, l.seen), putTable(path, l.seen)),
          ],
        },
      },
    }),
  ];
};

/** P18: VM_WARN_ON(!pmd_same(*pmd, cowed_entry)). v5-clear-first expects an empty slot. */
export const compareSlot = (
  { k, mm, slot }: Path,
  l: BreakLocals,
  expectEmpty: boolean,
): Fragment<'next'>[] => {
  if (!k.shape.debugVm) return [];
  const table = k.slotTable.at(mm, slot);
  const writable = k.slotWritable.at(mm, slot);
  const needed = expectEmpty ? 'the slot still empty' : 'the slot still holding cowed_entry, {2} with W={3}';
  const that = expectEmpty
    ? both(equal(table, NONE), equal(writable, 0))
    : both(equal(table, l.cowedTable), equal(writable, l.cowedWritable));
  const facts = [table, writable, l.cowedTable, l.cowedWritable];
  return [
    fragment({
      site: breakSite,
      entry: 'compare_slot',
      exits: ['next'],
      places: {
        compare_slot: {
          line: 5345,
          comment: 5338,
          says: expectEmpty ? 'read slot: still empty?' : 'read slot: still cowed_entry?',
          kinds: ['break compares the slot'],
          tags,
          on: [go('next', warnUnless('pmd-same', that, needed, 'the slot points to {0} with W={1}', facts))],
        },
      },
    }),
  ];
};
