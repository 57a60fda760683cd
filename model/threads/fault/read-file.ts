import { FAIL, mayFail, spendFailure } from '../../kernel/allocator.ts';
import { getPage, lockPage, pageIsUnlocked, putPage, unlockPage } from '../../kernel/page.ts';
import type { Path } from '../../kernel/path.ts';
import { maySleep } from '../../kernel/pte-lock.ts';
import { slotIsNone } from '../../kernel/slot.ts';
import { allocateTable, freeUnpublished } from '../../kernel/table.ts';
import { set } from '../../language/effect.ts';
import { differ, NONE } from '../../language/expression.ts';
import { divert, type Fragment, fragment, go, goIf, named, STEP, wire } from '../../language/machine.ts';
import { finishFault } from './finish-fault.ts';
import type { FaultLocals } from './locals.ts';
import { plain } from './site.ts';

type Return = 'done' | 'failed';

/**
 * do_fault() for a read of a private file mapping whose vm_ops have no map_pages(). A table that was allocated beforehand
 * and is not needed is freed at the end, whatever came out.
 */
export const doReadFault = (path: Path, l: FaultLocals): Fragment<Return> => {
  const { k } = path;
  const unused = differ(l.newTable, NONE);
  const free = fragment({
    site: plain('do_fault'),
    entry: 'free_prealloc',
    exits: ['next'],
    places: {
      free_prealloc: {
        line: 4767,
        says: 'free the table that is not needed',
        on: [go('next', freeUnpublished(k, l.newTable), set(l.newTable, NONE))],
      },
    },
  });
  const body = divert(
    divert(readFault(path, l), 'done', unused, 'free_and_end'),
    'no_page',
    unused,
    'free_and_fail',
  );
  return named(
    'file',
    wire(body, {
      done: 'done',
      failed: 'failed',
      no_page: 'failed',
      free_and_end: wire(free, { next: 'done' }),
      free_and_fail: wire(named('failed', free), { next: 'failed' }),
    }),
  );
};

/**
 * do_read_fault(): __do_fault() and finish_fault(); a page that is not mapped is put again. Where `failed`, no table was
 * allocated beforehand.
 */
const readFault = (path: Path, l: FaultLocals): Fragment<Return | 'no_page'> => {
  const drop = dropPage(path);
  return wire(findPage(path, l), {
    done: 'done',
    failed: 'failed',
    no_page: 'no_page',
    next: wire(finishFault(path, l), {
      done: 'done',
      changed: wire(drop, { next: 'done' }),
      failed: wire(named('failed', drop), { next: 'failed' }),
    }),
  });
};

/**
 * __do_fault(): a table beforehand if the slot is empty, then filemap_fault(): the page and its lock. A lock that is taken is
 * not waited for: mmap_lock is dropped and the fault run again. (That comes before the page is put; the count of this page
 * is read by nobody meanwhile.)
 */
const findPage = (
  { k, mm, slot, me, pool, poolSize, page }: Path,
  l: FaultLocals,
): Fragment<'next' | 'no_page' | Return> =>
  fragment({
    site: plain('filemap_fault', 'mm/filemap.c'),
    entry: 'check_none',
    exits: ['next', 'done', 'failed', 'no_page'],
    places: {
      check_none: {
        site: plain('__do_fault'),
        line: 4273,
        says: 'read slot: empty?',
        on: [goIf(slotIsNone(k, mm, slot), 'prealloc'), go('get_page')],
      },
      prealloc: {
        site: plain('__do_fault'),
        line: 4274,
        says: 'allocate a table beforehand',
        kinds: ['table allocated'],
        on: {
          [STEP]: [go('get_page', maySleep(k, me), allocateTable(k, pool, poolSize, l.newTable))],
          [FAIL]: [goIf(mayFail(k), 'failed', spendFailure(k))],
        },
      },
      get_page: {
        line: 3238,
        says: 'find the page or read it in (may sleep), page refcount +1',
        on: {
          [STEP]: [go('lock_page', maySleep(k, me), getPage(k, page))],
          [FAIL]: [goIf(mayFail(k), 'no_page', spendFailure(k))],
        },
      },
      lock_page: {
        line: 3276,
        says: 'lock the page',
        on: [
          goIf(pageIsUnlocked(k, page), 'next', maySleep(k, me), lockPage(k, page, me)),
          go('retry_put_page', maySleep(k, me)),
        ],
      },
      retry_put_page: {
        line: 3358,
        says: 'page refcount -1, the fault is run again',
        on: [go('done', putPage(k, page))],
      },
    },
  });

const dropPage = ({ k, page }: Path): Fragment<'next'> =>
  fragment({
    site: plain('do_read_fault'),
    entry: 'drop_unlock_page',
    exits: ['next'],
    places: {
      drop_unlock_page: {
        line: 4635,
        says: 'unlock the page',
        on: [go('drop_put_page', unlockPage(k, page))],
      },
      drop_put_page: { line: 4637, says: 'page refcount -1', on: [go('next', putPage(k, page))] },
    },
  });
