import { FAIL, mayFail, spendFailure } from '../../kernel/allocator.ts';
import type { Path } from '../../kernel/path.ts';
import { maySleep } from '../../kernel/pte-lock.ts';
import { allocateTable } from '../../kernel/table.ts';
import { set } from '../../language/effect.ts';
import { counted, type Fragment, fragment, go, goIf, STEP } from '../../language/machine.ts';
import type { BreakLocals } from './locals.ts';
import { BREAK_OPEN } from './section.ts';
import { breakSite } from './site.ts';

/** P9: pte_alloc_one() may sleep and may fail. */
export const allocateNewTable = ({ k, pool, poolSize, me }: Path, l: BreakLocals): Fragment<'next' | 'out'> =>
  fragment({
    site: breakSite,
    entry: 'alloc_new_table',
    exits: ['next', 'out'],
    places: {
      alloc_new_table: {
        line: 5275,
        comment: 5271,
        says: 'allocate the new table',
        kinds: ['table allocated'],
        tags: [BREAK_OPEN],
        on: {
          [STEP]: [go('next', maySleep(k, me), allocateTable(k, pool, poolSize, l.newTable))],
          [FAIL]: [counted(goIf(mayFail(k), 'out', spendFailure(k), set(l.failed, 1)), 'break fails')],
        },
      },
    },
  });
