import type { Path } from '../../kernel/path.ts';
import { dropPteLock } from '../../kernel/pte-lock.ts';
import { slotIsWritable } from '../../kernel/slot.ts';
import { set } from '../../language/effect.ts';
import { type Fragment, fragment, go, goIf, leaving, named, sequence, wire } from '../../language/machine.ts';
import type { Edits } from '../../variants/protocol.ts';
import { breakCowPte } from '../break/break-cow-pte.ts';
import type { BreakLocals } from '../break/locals.ts';
import { lookUpOrNone, pteOffsetMapLock } from '../fault/map-and-lock.ts';
import type { ZapLocals } from './locals.ts';
import { zapOrGiveUp } from './one-section.ts';
import type { ZapRequest } from './request.ts';
import { zapSite } from './site.ts';
import { testSlot } from './test-slot.ts';
import { zapEntries } from './zap-entries.ts';

/**
 * The corrected zap of a slot. Where the vma goes away whole, everything about the table is decided and done in one critical
 * section. Elsewhere the mm goes on using the slot: a COW-ed table is broken first, a break that fails ends the zap, and only
 * what was asked for is zapped.
 */
export const zapSlotCorrected = (
  path: Path,
  l: ZapLocals,
  edits: Edits,
  request: ZapRequest,
): Fragment<'next'> => {
  const test = testSlot(path, request, edits);
  if (request.goesAway) {
    const all = named('section', zapOrGiveUp(path, l, request));
    return wire(test, { next: 'next', writable: all, cowed: all, broken: all });
  }
  const still = stillPrivate(path, l, request);
  // Exit and munmap give a table up under the locks that this look-up takes: then there is nothing left to zap.
  const look = path.k.shape.slotUnderPmdLock
    ? wire(lookUpOrNone(path, l, zapSite, 1835), { next: still, none: 'next' })
    : sequence(pteOffsetMapLock(path, l, zapSite, 1835), still);
  const zap = named('asked', look);
  if (l.broken === null) return wire(test, { next: 'next', writable: zap, cowed: 'next', broken: 'next' });
  const broken = wire(breakOrEnd(path, l, l.broken, edits), { next: zap, ended: 'next' });
  return wire(unlessEnded(l), {
    next: 'next',
    test: wire(test, { next: 'next', writable: zap, cowed: broken, broken }),
  });
};

/** A zap that met a break without memory has ended with an error: nothing is done in the vmas and slots that follow. */
const unlessEnded = (l: ZapLocals): Fragment<'next' | 'test'> =>
  fragment({
    site: zapSite,
    entry: 'unless_ended',
    exits: ['next', 'test'],
    places: {
      unless_ended: {
        line: 1804,
        says: 'go on unless a break had no memory',
        on: [goIf(l.wentOn, 'next'), go('test')],
      },
    },
  });

const breakOrEnd = (
  path: Path,
  l: ZapLocals,
  broken: BreakLocals,
  edits: Edits,
): Fragment<'next' | 'ended'> =>
  wire(
    leaving(
      named('break', breakCowPte(path, broken, edits)),
      'failed',
      set(l.wentOn, 1),
      set(broken.failed, 0),
    ),
    {
      done: 'next',
      failed: 'ended',
    },
  );

/** Under the lock: a fork that needs no mmap_lock of this path may have shared the table again. Then the zap ends. */
const stillPrivate = (path: Path, l: ZapLocals, request: ZapRequest): Fragment<'next'> => {
  const { k, mm, slot } = path;
  const look = fragment({
    site: zapSite,
    entry: 'look_again',
    exits: ['next', 'zap'],
    places: {
      look_again: {
        line: 1835,
        says: 'read slot: still writable?',
        on: [goIf(slotIsWritable(k, mm, slot), 'zap'), go('unlock_shared')],
      },
      unlock_shared: {
        line: 1864,
        says: 'spin_unlock(ptl)',
        on: [go('next', dropPteLock(k, mm, l.ptl), set(l.wentOn, 1))],
      },
    },
  });
  const zap = wire(zapEntries(path, l, request, { entries: request.entries, mayBeShared: false }), {
    next: 'next',
    shared: 'next',
  });
  return wire(look, { next: 'next', zap });
};
