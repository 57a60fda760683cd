import { softwareStore } from '../../../model/kernel/pte-lock.ts';
import { type LocalRead, literal } from '../../../model/language/expression.ts';
import { type Fragment, wire } from '../../../model/language/machine.ts';
import { boolean } from '../../../model/language/variable.ts';
import {
  copyPresentEntry,
  copySwapEntry,
  type EntryTarget,
  forkStore,
  sameTable,
} from '../../../model/threads/fork/copy-entry.ts';
import { mmOf } from '../task.ts';
import type { Value } from '../values/value.ts';
import { demandIndex } from './entries.ts';
import { argument } from './pure.ts';
import type { Context, Performed } from './step.ts';

type Entry = Value & { readonly k: 'entry' };

const flag = (value: 0 | 1): Value => ({ k: 'int', e: literal(value), type: boolean, from: null });

/** copy_present_pte() up to what a patch may add where the page may be pinned: whether it comes to that. */
export const copyPresent = (args: readonly Value[], c: Context): Performed =>
  copied(args, c, (task, l, entry, to) =>
    wire(copyPresentEntry(task.path, l, entry, to), { next: 'next', pinned: 'pinned' }),
  );

/** copy_nonpresent_pte() of a swap entry: 0. */
export const copySwap = (args: readonly Value[], c: Context): Performed =>
  copied(args, c, (task, l, entry, to) =>
    wire<'next', 'next' | 'pinned'>(copySwapEntry(task.path, l, entry, to), { next: 'next' }),
  );

type Copy = Parameters<typeof copySwapEntry>;

/** The hand-written copy of one entry, from one pointer to another. */
function copied(
  args: readonly Value[],
  c: Context,
  part: (
    task: Context['task'] & { readonly k: 'fork' },
    l: Copy[1],
    entry: number,
    to: EntryTarget,
  ) => Fragment<'next' | 'pinned'>,
): Performed {
  const { task, k } = c;
  if (task.k !== 'fork') return c.fail('value', `${c.by}() outside of fork`, 'only fork copies entries');
  const [into, from] = [
    argument(args, 0, 'entry', 'a pte_t *', c),
    argument(args, 1, 'entry', 'a pte_t *', c),
  ];
  const [index, other] = [demandIndex(from, c), demandIndex(into, c)];
  if (index !== other)
    return c.fail('value', `${c.by}() from one entry to another`, 'step both pointers together');
  if (!from.known)
    return c.fail(
      'value',
      `${c.by}() of an entry that nobody has looked at`,
      'test it with pte_none() before',
    );
  if (from.mm !== undefined)
    return c.fail('value', `${c.by}() from an entry of the child`, 'the parent is the one that is copied');
  const l = {
    pte: from.table as LocalRead,
    page: c.local('page', k.pageOrNone),
    writable: c.local('writable', boolean),
    kind: c.local('kind', k.entryKind.type),
  };
  return {
    k: 'piece',
    piece: part(task, l, index, targetOf(into, from, l, c)),
    results: { next: flag(0), pinned: flag(1) },
  };
}

/** Where the value goes: back to where it was read, or into a table of the child's own. */
function targetOf(into: Entry, from: Entry, l: Copy[1], c: Context): EntryTarget {
  const { path } = c.task as Context['task'] & { readonly k: 'fork' };
  const same = sameTable(path, l);
  if (JSON.stringify(into) === JSON.stringify(from)) return same;
  const { table } = into;
  return {
    ...same,
    table: table as LocalRead,
    mayBeEmpty: !into.known,
    judge:
      into.mm === undefined
        ? forkStore(path, table)
        : softwareStore(c.k, mmOf(into, path), path.slot, table, path.me),
    says: "store it in the child's table",
  };
}
