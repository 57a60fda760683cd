import type { Path } from '../../kernel/path.ts';
import { publish } from '../../kernel/table.ts';
import { flushCanEnd, flushMm } from '../../kernel/tlb.ts';
import { set } from '../../language/effect.ts';
import { NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf } from '../../language/machine.ts';
import type { BreakLocals } from './locals.ts';
import { judgedUnderLock } from './returns.ts';
import { BREAK_OPEN } from './section.ts';
import { breakSite } from './site.ts';
import { STORES_SLOT, storeSlotInBreak } from './slot-store.ts';
import { unlockSource } from './unlock-source.ts';

const tags = [BREAK_OPEN];

/** v5-clear-first: the slot is emptied just before the copy. */
export const clearSlot = (path: Path): Fragment<'next'> =>
  fragment({
    site: breakSite,
    entry: 'clear_slot',
    exits: ['next'],
    places: {
      clear_slot: {
        line: 5314,
        says: 'store slot: empty',
        kinds: [STORES_SLOT],
        tags,
        on: [go('next', storeSlotInBreak(path, NONE, 0))],
      },
    },
  });

/**
 * P15 and P19: the value of the slot is made in a local variable, then one plain store makes the new table visible. The
 * pmd lock is not held and no write barrier precedes the store.
 */
export const installNewTable = (path: Path, l: BreakLocals): Fragment<'next'> =>
  fragment({
    site: breakSite,
    entry: 'install_new_table',
    exits: ['next'],
    places: {
      install_new_table: {
        line: 5348,
        comment: 5305,
        says: 'store slot: the new table, writable',
        kinds: [STORES_SLOT, 'break installs the new table'],
        tags,
        on: [go('next', storeSlotInBreak(path, l.newTable, 1), publish(path.k, l.newTable))],
      },
    },
  });

/** new_pte_table = NULL and P20: the installed table is no longer the function's to free. */
export const unlockAfterInstall = (path: Path, l: BreakLocals): Fragment<'next'> =>
  unlockSource(path, l, {
    name: 'unlock_installed',
    line: 5354,
    comment: 5281,
    effects: [...judgedUnderLock(path), set(l.newTable, NONE)],
  });

/** FLUSH: after the unlock. */
export const flushRange = ({ k, mm }: Path): Fragment<'next'> =>
  fragment({
    site: breakSite,
    entry: 'flush_tlb',
    exits: ['next'],
    places: {
      flush_tlb: {
        line: 5364,
        comment: 5357,
        says: 'flush_tlb_range() of the 2 MiB',
        kinds: ['flush'],
        tags,
        on: [goIf(flushCanEnd(k, mm), 'next', flushMm(k, mm))],
      },
    },
  });
