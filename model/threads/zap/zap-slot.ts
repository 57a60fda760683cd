import type { Path } from '../../kernel/path.ts';
import { set } from '../../language/effect.ts';
import { literal } from '../../language/expression.ts';
import { type Fragment, leaving, named, sequence, wire } from '../../language/machine.ts';
import type { Edits } from '../../variants/protocol.ts';
import { breakCowPte } from '../break/break-cow-pte.ts';
import type { BreakLocals } from '../break/locals.ts';
import { pteOffsetMapLock } from '../fault/map-and-lock.ts';
import { zapSlotCorrected } from './corrected.ts';
import { countTest } from './count-test.ts';
import { flushAndFree } from './gather.ts';
import { giveUp } from './give-up.ts';
import type { ZapLocals } from './locals.ts';
import { allEntries, type ZapRequest } from './request.ts';
import { zapSite } from './site.ts';
import { testPmd, testSlot } from './test-slot.ts';
import { zapBodyV4 } from './v4/zap-body.ts';
import { zapEntries } from './zap-entries.ts';

/** `widened`: zap_pte_range() returned the end of the 2 MiB though less was asked for. */
export type ZapExit = 'next' | 'widened';

/** What follows the tests: for a private slot, and for a COW-ed one that the vma covers. */
export interface ZapBody {
  readonly writable: Fragment<ZapExit>;
  readonly cowed: Fragment<ZapExit>;
}

/**
 * zap_pmd_range() for one slot, with zap_pte_range() of patch 05. A COW-ed slot that the vma covers is zapped whole, however
 * little was asked for. One that it does not cover is broken first, whether that fails or not, and then zapped as a private
 * one, of which only goes what was asked for.
 */
export const zapSlot = (path: Path, l: ZapLocals, edits: Edits, request: ZapRequest): Fragment<ZapExit> => {
  const here: Path = { ...path, slot: literal(request.slot) };
  if (edits.zapInOneSection) return zapSlotCorrected(here, l, edits, request);
  const asText = edits.zapText?.zapPteRange;
  if (asText) {
    const table = named('text', asText(here, l, request));
    return wire(named('tests', testPmd(here, request)), { next: 'next', table });
  }
  const bodyOf = edits.break === 'v4' ? zapBodyV4 : request.range === 'whole' ? zapWhole : zapPart;
  const { writable, cowed } = bodyOf(here, l, request, edits);
  const broken =
    request.covered === 'yes' || l.broken === null
      ? cowed
      : wire(breakAnyway(here, l, l.broken, edits), { next: writable });
  return wire(named('tests', testSlot(here, request, edits)), { next: 'next', writable, cowed, broken });
};

/** break_cow_pte() of which the result is dropped. */
export const breakAnyway = (
  path: Path,
  l: Pick<ZapLocals, 'wentOn'>,
  broken: BreakLocals,
  edits: Edits,
): Fragment<'next'> => {
  const part = named('break', breakCowPte(path, broken, edits));
  const goesOn = leaving(part, 'failed', set(l.wentOn, 1), set(broken.failed, 0));
  return wire(goesOn, { done: 'next', failed: 'next' });
};

/** Z0: what is batched goes first; then the count is tested under the lock. */
const beforeZap = (path: Path, l: ZapLocals, { slot, before }: ZapRequest): Fragment<'next'> => {
  const lockAndTest = [named('z0', pteOffsetMapLock(path, l, zapSite, 1820)), countTest(path, l, slot)];
  // In the first slot of a request the gather is still empty.
  if (before.length === 0) return sequence(...lockAndTest);
  const gathered = { pages: before, tables: before.map((s) => [s, 'zap'] as const) };
  return sequence(named('z0', flushAndFree(path, l, gathered)), ...lockAndTest);
};

/** Z1 of every entry, and Z2 if the table is SHARED. */
const zapAll = (path: Path, l: ZapLocals, request: ZapRequest, edits: Edits): Fragment<'next'> => {
  const entries = { entries: allEntries(path.k.shape.entries), mayBeShared: true };
  const lockAgain = named('z2', pteOffsetMapLock(path, l, zapSite, 1893));
  return sequence(
    named('z1', pteOffsetMapLock(path, l, zapSite, 1835)),
    wire(zapEntries(path, l, request, entries), {
      next: 'next',
      shared: sequence(lockAgain, giveUp(path, l, request, edits.flushInLock)),
    }),
  );
};

/** The request is for the whole 2 MiB: the same Z1 for a private slot and for a COW-ed one. */
const zapWhole = (path: Path, l: ZapLocals, request: ZapRequest, edits: Edits): ZapBody => {
  const all = zapAll(path, l, request, edits);
  return { writable: all, cowed: sequence(beforeZap(path, l, request), all) };
};

/** The request is for less: a COW-ed slot is zapped whole all the same, and the end of the range moves to that of the slot. */
const zapPart = (path: Path, l: ZapLocals, request: ZapRequest, edits: Edits): ZapBody => {
  const entries = request.range === 'run-on' ? allEntries(path.k.shape.entries) : request.entries;
  const part = sequence(
    named('part', pteOffsetMapLock(path, l, zapSite, 1835)),
    wire(named('part', zapEntries(path, l, request, { entries, mayBeShared: false })), {
      next: 'next',
      shared: 'next',
    }),
  );
  const all = wire(zapAll(path, l, request, edits), { next: 'widened' });
  return { writable: part, cowed: sequence<ZapExit>(beforeZap(path, l, request), all) };
};
