import { FAIL, mayFail, spendFailure } from '../../kernel/allocator.ts';
import { useEmptyAddress } from '../../kernel/empty-slot.ts';
import { entryIs, storeEntry } from '../../kernel/entry.ts';
import { getPage, lockPage, pageIsUnlocked, putPage, unlockPage } from '../../kernel/page.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock, maySleep, softwareStore } from '../../kernel/pte-lock.ts';
import { freeSwap } from '../../kernel/swap.ts';
import { notFreed } from '../../kernel/table.ts';
import { set, violate, when } from '../../language/effect.ts';
import { equal, NONE } from '../../language/expression.ts';
import {
  type Fragment,
  fragment,
  go,
  goIf,
  leaving,
  named,
  STEP,
  sequence,
  wire,
} from '../../language/machine.ts';
import type { Edits } from '../../variants/protocol.ts';
import { type AfterBreak, callOfBreak } from '../break/call.ts';
import { handleCowPteFault } from '../break/handler.ts';
import type { FaultLocals } from './locals.ts';
import { pteOffsetMapLock } from './map-and-lock.ts';
import { plain } from './site.ts';

const site = plain('do_swap_page');

/**
 * The entry is not present: handle_pte_fault() calls the break, whose result it drops (line 5561 of the patched file), and then
 * do_swap_page(), for a read. A break that had no memory therefore changes nothing in what follows.
 */
export const doSwapPage = (path: Path, l: FaultLocals, edits: Edits): Fragment<'done' | 'failed'> => {
  const dropped = edits.everyFaultBreaks
    ? []
    : when(l.failed, [
        violate(
          'failure-reported',
          'an error returned after a break that failed',
          'the fault returns success',
        ),
      ]);
  const read = wire(leaving(readIn(path, l), 'done', dropped), {
    done: 'done',
    retry: 'done',
    failed: 'failed',
  });
  if (edits.everyFaultBreaks) return read;
  const posted = (): Fragment<AfterBreak> =>
    wire(handleCowPteFault(path, l, edits), { done: 'done', failed: 'dropped' });
  const fault = { flags: 0, hasOps: false };
  const called = leaving(
    callOfBreak('handle_pte_fault', path, edits, posted, fault),
    'dropped',
    set(l.failed, 1),
  );
  return wire(named('swap', called), { done: read, dropped: read, left: 'done' });
};

type Return = 'done' | 'retry' | 'failed';

/** do_swap_page() itself. `retry` is VM_FAULT_RETRY: the fault is run again. */
const readIn = (path: Path, l: FaultLocals): Fragment<Return> => {
  const map = sequence<Return>(pteOffsetMapLock(path, l, site, 3965), mapPage(path, l)) as Fragment<Return>;
  const backOut = sequence<Return>(
    named('oom', pteOffsetMapLock(path, l, site, 3898)),
    noPage(path, l),
  ) as Fragment<Return>;
  return wire(findPage(path, l), { map, backOut, retry: 'retry' });
};

/**
 * The page, from the swap cache or read in, and its lock. A lock that is taken is not waited for: mmap_lock is dropped and the
 * fault run again. (That comes before the page is put; the count of this page is read by nobody meanwhile.) The page stays
 * in the swap cache as long as an entry names it, since reclaim is no part of the model.
 */
const findPage = ({ k, me }: Path, l: FaultLocals): Fragment<'map' | 'backOut' | 'retry'> =>
  fragment({
    site,
    entry: 'swap_get_page',
    exits: ['map', 'backOut', 'retry'],
    places: {
      swap_get_page: {
        line: 3886,
        says: 'read the page in (may sleep), page refcount +1',
        on: {
          [STEP]: [go('swap_lock_page', maySleep(k, me), getPage(k, l.origPage))],
          [FAIL]: [goIf(mayFail(k), 'backOut', spendFailure(k))],
        },
      },
      swap_lock_page: {
        line: 3918,
        says: 'lock the page',
        on: [
          goIf(pageIsUnlocked(k, l.origPage), 'map', maySleep(k, me), lockPage(k, l.origPage, me)),
          go('swap_retry_put_page', maySleep(k, me)),
        ],
      },
      swap_retry_put_page: {
        line: 4120,
        says: 'page refcount -1, the fault is run again',
        on: [go('retry', putPage(k, l.origPage))],
      },
    },
  });

/** Without a page: out of memory if the entry is still the same, else somebody else has done the work. */
const noPage = ({ k, mm, entry }: Path, l: FaultLocals): Fragment<'done' | 'failed'> => {
  const orig = { page: l.origPage, writable: l.origWritable, kind: l.origKind };
  const read = notFreed(k, l.pte, 'entry read');
  const unlock = dropPteLock(k, mm, l.ptl);
  return fragment({
    site,
    entry: 'oom_same',
    exits: ['done', 'failed'],
    places: {
      oom_same: {
        line: 3900,
        says: 'read entry: still orig_pte?',
        on: [
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          goIf(entryIs(k, l.pte, entry, orig), 'oom_unlock', read),
          go('oom_unlock_changed', read),
        ],
      },
      oom_unlock: { line: 4107, says: 'spin_unlock(ptl), VM_FAULT_OOM', on: [go('failed', unlock)] },
      oom_unlock_changed: { line: 4107, says: 'spin_unlock(ptl)', on: [go('done', unlock)] },
    },
  });
};

/** Under both locks: the entry is replaced if it is still the same. Its reference is the one that was taken with the page. */
const mapPage = ({ k, mm, slot, entry, me }: Path, l: FaultLocals): Fragment<'done'> => {
  const orig = { page: l.origPage, writable: l.origWritable, kind: l.origKind };
  const read = notFreed(k, l.pte, 'entry read');
  const unlock = dropPteLock(k, mm, l.ptl);
  return fragment({
    site,
    entry: 'swap_same',
    exits: ['done'],
    places: {
      swap_same: {
        line: 3967,
        says: 'read entry: still orig_pte?',
        on: [
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          goIf(entryIs(k, l.pte, entry, orig), 'swap_free', read),
          go('swap_changed_unlock', read),
        ],
      },
      swap_free: {
        line: 4038,
        says: 'swap_free(): swap count -1',
        on: [go('swap_store_entry', freeSwap(k, l.origPage))],
      },
      swap_store_entry: {
        line: 4080,
        says: 'store entry: the page, read-only',
        kinds: ['software store', 'page swapped in'],
        on: [
          go(
            'swap_unlock_page',
            softwareStore(k, mm, slot, l.pte, me, l.failed),
            storeEntry(k, l.pte, entry, l.origPage, 0),
          ),
        ],
      },
      swap_unlock_page: {
        line: 4083,
        says: 'unlock the page',
        on: [go('swap_unlock', unlockPage(k, l.origPage))],
      },
      swap_unlock: { line: 4107, says: 'spin_unlock(ptl)', on: [go('done', unlock)] },
      swap_changed_unlock: {
        line: 4116,
        says: 'spin_unlock(ptl)',
        on: [go('swap_changed_unlock_page', unlock)],
      },
      swap_changed_unlock_page: {
        line: 4118,
        says: 'unlock the page',
        on: [go('swap_changed_put_page', unlockPage(k, l.origPage))],
      },
      swap_changed_put_page: {
        line: 4120,
        says: 'page refcount -1',
        on: [go('done', putPage(k, l.origPage))],
      },
    },
  });
};
