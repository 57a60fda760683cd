import type { Path } from '../../kernel/path.ts';
import { set } from '../../language/effect.ts';
import { type Fragment, leaving, named, sequence, wire } from '../../language/machine.ts';
import type { Edits } from '../../variants/protocol.ts';
import { allocateNewTable } from './allocate.ts';
import { copyEntries } from './copy.ts';
import { clearSlot, flushRange, installNewTable, unlockAfterInstall } from './install.ts';
import type { BreakLocals } from './locals.ts';
import { firstLock, lockSource, secondLock } from './lock-source.ts';
import { preChecks } from './pre-checks.ts';
import { compareSlot, putBeforeLock, putCowed } from './put.ts';
import { rememberAndRecheck, reuseTable, testCount } from './reuse.ts';
import { closeSections, openSections } from './section.ts';
import { handleCowPteFaultV4 } from './v4/handler.ts';

/** What the copying path does between the re-check and the unlock, in the order of the protocol. */
const copySection = (path: Path, l: BreakLocals, edits: Edits): Fragment<'next'>[] => {
  const copy = copyEntries(path, l, edits.installBeforeCopy ? 'published' : 'unseen');
  const put = edits.put === 'under-lock' ? putCowed(path, l.cowedTable, edits.putOutsideWarning) : [];
  if (edits.installBeforeCopy) return [installNewTable(path, l), copy, ...put];
  const compare = compareSlot(path, l, edits.clearSlotFirst);
  const install = installNewTable(path, l);
  return [...(edits.clearSlotFirst ? [clearSlot(path)] : []), copy, ...put, ...compare, install];
};

/**
 * handle_cow_pte_fault(), whole: P0 to OUT at the grain of one access to shared memory per step. Leaves by `done` (it
 * returned 0) or `failed` (-ENOMEM).
 */
export const handleCowPteFault = (path: Path, l: BreakLocals, edits: Edits): Fragment<'done' | 'failed'> => {
  if (edits.text) return leaving(edits.text.handler(path), 'failed', set(l.failed, 1));
  if (edits.break === 'v4') return handleCowPteFaultV4(path, l);
  type Goal = 'next' | 'out' | 'flush' | 'reuse' | 'reuse_again';
  const first: Fragment<Goal> = sequence<Goal>(
    openSections(path, l, edits),
    lockSource(path, l, firstLock, edits),
    testCount(path, l, edits.allocateUnderLock),
    allocateNewTable(path, l),
    ...(edits.put === 'before-lock' ? putBeforeLock(path, l) : []),
    ...(edits.allocateUnderLock ? [] : [named('again', lockSource(path, l, secondLock, edits))]),
    wire(rememberAndRecheck(path, l, edits.recheck), { next: 'next', reuse: 'reuse_again' }),
    ...copySection(path, l, edits),
    ...(edits.flushInLock ? [flushRange(path)] : []),
    unlockAfterInstall(path, l),
    ...(edits.put === 'after-unlock' ? putCowed(path, l.cowedTable, edits.putOutsideWarning) : []),
  );
  const out = closeSections(path, l, edits);
  const flush = edits.flushInLock ? out : wire(flushRange(path), { next: out });
  const reuse = (at: { readonly read: number; readonly comment: number }) =>
    reuseTable(path, l, at, edits.flushInLock);
  const slowAndFast = wire(first, {
    next: flush,
    flush,
    out,
    reuse: wire(reuse({ read: 5258, comment: 5250 }), { flush }),
    reuse_again: wire(named('again', reuse({ read: 5299, comment: 5294 })), { flush }),
  });
  return wire(preChecks(path), { next: slowAndFast, done: 'done' });
};
